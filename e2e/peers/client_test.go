package peers

import (
	"errors"
	"net"
	"os/exec"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

func TestClientCommand(t *testing.T) {
	plain, secure := server.Start(t), server.Start(t, "--tls")
	certificate := developmentCertificate(t, secure)
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"text", []string{plain.WebSocketURL("/ws"), "hello word"}, "1 hello word\n"},
		{"empty text", []string{plain.WebSocketURL("/ws"), ""}, "1 \n"},
		{"binary", []string{plain.WebSocketURL("/ws"), "hello word", "--binary"}, "2 hello word\n"},
		{"from our own page", []string{plain.WebSocketURL("/ws"), "x", "--origin", plain.URL}, "1 x\n"},
		{"wss with the development certificate", []string{secure.WebSocketURL("/wss"), "hello word", "--ca", certificate}, "1 hello word\n"},
		{"wss by name", []string{strings.Replace(secure.WebSocketURL("/wss"), "127.0.0.1", "localhost", 1), "x", "--ca", certificate}, "1 x\n"},
		{"wss with any certificate", []string{secure.WebSocketURL("/wss"), "x", "--insecure"}, "1 x\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			output, err := run(t, nil, append([]string{"client"}, test.args...)...)
			if err != nil || output != test.want {
				t.Errorf("printed %q and ended with %v, want %q and success", output, err, test.want)
			}
		})
	}
}

// TestClientCommandFails wants failures to be told apart by exit code and by message.
func TestClientCommandFails(t *testing.T) {
	plain, secure := server.Start(t), server.Start(t, "--tls")
	tests := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"no such option", []string{"--incesure"}, 2, "--incesure"},
		{"nobody listens", []string{"ws://" + server.FreeAddress(t) + "/ws", "x"}, 3, "refused"},
		{"nobody answers", []string{"ws://" + deafAddress(t) + "/ws", "x", "--timeout", "300ms"}, 4, "timed out"},
		{"no WebSocket there", []string{plain.WebSocketURL("/"), "x"}, 5, "200"},
		{"foreign origin", []string{plain.WebSocketURL("/ws"), "x", "--origin", "https://evil.example"}, 5, "403"},
		{"certificate that is not trusted", []string{secure.WebSocketURL("/ws"), "x"}, 5, "certificate"},
		{"closed with a code", []string{plain.WebSocketURL("/ws"), strings.Repeat("x", 64<<10+1)}, 6, "1009"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			output, err := run(t, nil, append([]string{"client"}, test.args...)...)
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != test.code {
				t.Errorf("ended with %v, want exit code %d", err, test.code)
			}
			if !strings.Contains(output, test.want) || !strings.HasPrefix(output, "error: ") {
				t.Errorf("printed %q, want an error with %q", output, test.want)
			}
		})
	}
}

// deafAddress returns an address that accepts connections and never answers.
func deafAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}
