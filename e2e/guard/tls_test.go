package guard

import (
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// TestHalfHandshakesOfTLS are cut in time, also those that go on a byte at a time.
func TestHalfHandshakesOfTLS(t *testing.T) {
	s := server.Start(t, "--tls")
	const hello = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"
	for name, begin := range map[string]string{"silence": "", "half a hello": hello} {
		t.Run(name, func(t *testing.T) { wantCut(t, s, begin) })
	}
	t.Run("a hello that never ends", func(t *testing.T) {
		conn := wantDialed(t, s)
		stop := make(chan struct{})
		defer close(stop)
		_, _ = io.WriteString(conn, hello)
		go drip(conn, stop)
		wantEnd(t, conn)
	})
}

func wantDialed(t *testing.T, s *server.Server) *wire.Conn {
	t.Helper()
	conn, err := wire.Dial(s.Address, patience)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func wantCut(t *testing.T, s *server.Server, begin string) {
	t.Helper()
	conn := wantDialed(t, s)
	if _, err := io.WriteString(conn, begin); err != nil {
		t.Fatal(err)
	}
	wantEnd(t, conn)
}

func wantEnd(t *testing.T, conn *wire.Conn) {
	t.Helper()
	if _, err := io.Copy(io.Discard, conn.Reader); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("it is still open after %s", patience)
	}
}

// drip sends a byte now and then.
func drip(conn *wire.Conn, stop <-chan struct{}) {
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ticker.C:
			if _, err := conn.Write([]byte{0}); err != nil {
				return
			}
		}
	}
}
