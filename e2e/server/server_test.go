package server_test

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

func TestServerListensUntilItIsKilled(t *testing.T) {
	s := server.Start(t)
	if !accepts(s.Address) {
		t.Fatalf("nothing listens on %s after Start", s.Address)
	}
	s.Kill()
	if accepts(s.Address) {
		t.Fatalf("%s is still served after Kill", s.Address)
	}
	s.Restart()
	if !accepts(s.Address) {
		t.Fatalf("nothing listens on %s after Restart", s.Address)
	}
}

func TestServerLeavesOnSIGTERM(t *testing.T) {
	s := server.Start(t)
	if code := s.Terminate(); code != 0 {
		t.Errorf("exit code after SIGTERM: %d, want 0", code)
	}
	if accepts(s.Address) {
		t.Errorf("%s is still served after Terminate", s.Address)
	}
}

func TestServerSaysWhereItListens(t *testing.T) {
	s := server.Start(t)
	_, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(patience)
	for !strings.Contains(s.Logs(), port) {
		if time.Now().After(deadline) {
			t.Fatalf("the logs do not name port %s:\n%s", port, s.Logs())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestWebSocketURLFollowsTheScheme(t *testing.T) {
	tests := []struct {
		name, url, want string
	}{
		{"http", "http://127.0.0.1:1", "ws://127.0.0.1:1/ws"},
		{"https", "https://127.0.0.1:1", "wss://127.0.0.1:1/ws"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &server.Server{URL: test.url}
			if got := s.WebSocketURL("/ws"); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func accepts(address string) bool {
	conn, err := net.DialTimeout("tcp", address, patience)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

func TestMemoryOfARunningServer(t *testing.T) {
	const least, most = 1 << 20, 1 << 30
	if got := server.Start(t).Memory(); got < least || got > most {
		t.Errorf("the server has %d bytes in memory, which cannot be", got)
	}
}
