//go:build unix

package cmd

import (
	"context"
	"errors"
	"os/exec"
	"syscall"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
)

// TestSignal closes every client with 1001 and leaves with 0.
func TestSignal(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			s := serveIn(t, execute(t, "", "--address", "127.0.0.1:0"), 1)
			conn := echoThrough(t, s.echoes[0])
			if err := s.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			var closed *ws.CloseError
			if _, err := conn.Read(ctx); !errors.As(err, &closed) || closed.Code != ws.CodeGoingAway {
				t.Errorf("the client read %v", err)
			}
			if err := s.Wait(); err != nil {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

// TestSecondSignal ends at once, although a client does not answer.
func TestSecondSignal(t *testing.T) {
	s := serveIn(t, execute(t, "", "--address", "127.0.0.1:0"), 1)
	// gorilla answers a close only from within a read.
	conn, _, err := websocket.DefaultDialer.Dial(s.echoes[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	ended := make(chan error, 1)
	go func() { ended <- s.Wait() }()
	for sent := 0; ; sent++ {
		select {
		case err := <-ended:
			var exit *exec.ExitError
			if sent < 2 || !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
				t.Errorf("ended with %v after %d signals", err, sent)
			}
			return
		default:
			_ = s.Process.Signal(syscall.SIGTERM)
		}
	}
}
