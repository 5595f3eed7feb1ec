package peers

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// TestBadConfigurationStopsTheStart wants an error that names the key, and a process that ends.
func TestBadConfigurationStopsTheStart(t *testing.T) {
	tests := []struct {
		name, yaml, want string
	}{
		{"duration without a unit", "websocket: {heartbeat: {interval: 30}}", "websocket.heartbeat.interval"},
		{"duration with a unit of its own", "websocket: {timeout: {write: 10 sec}}", "websocket.timeout.write"},
		{"negative duration", "websocket: {drain: {timeout: -5s}}", "websocket.drain.timeout"},
		{"0 where a word is meant", "websocket: {heartbeat: {interval: 0}}", "websocket.heartbeat.interval"},
		{"0 for a bound", "websocket: {queue: {maxMessages: 0}}", "websocket.queue.maxMessages"},
		{"0 for a size", "websocket: {message: {maxSize: 0}}", "websocket.message.maxSize"},
		{"size of an unknown unit", "websocket: {message: {maxSize: 64 parsec}}", "websocket.message.maxSize"},
		{"key with a slip of the pen", "websocket: {orgin: {allow: []}}", "websocket.orgin"},
		{"key with a slip of the pen below", "websocket: {origin: {alow: []}}", "websocket.origin.alow"},
		{"text for a list", "websocket: {origin: {allow: https://a.example}}", "websocket.origin.allow"},
		{"origin with a path", "websocket: {origin: {allow: [\"https://a.example/x\"]}}", "websocket.origin.allow"},
		{"word for a truth value", "websocket: {origin: {required: sometimes}}", "websocket.origin.required"},
		{"list for a section", "websocket: {message: [text]}", "websocket.message"},
		{"type that is none", "websocket: {message: {types: [json]}}", "websocket.message.types"},
		{"path with a wildcard", "websocket: {paths: [\"/ws/{room}\"]}", "websocket.paths"},
		{"rate of none", "websocket: {rate: {messages: 0}}", "websocket.rate.messages"},
		{"rate that no message fits", "websocket: {rate: {bytes: 1KiB}}", "websocket.rate.bytes"},
		{"key that anybody guesses", "websocket: {signature: {keys: [abc]}}", "websocket.signature.keys"},
		{"server duration without a unit", "server: {idleTimeout: 30}", "server.idleTimeout"},
		{"certificate without its key", "server: {httpsCertPath: cert.pem}", "server.httpsKeyPath"},
		{"address that is none", "server: {httpsAddr: here}", "server.httpsAddr"},
		{"file that is no YAML", "websocket: {", "config.yaml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := writeConfiguration(t, test.yaml)
			output, err := run(t, []string{"GF_GCFG_FILE=" + path}, "--address", "127.0.0.1:0")
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() <= 0 {
				t.Errorf("the process ended with %v, want an exit code above zero", err)
			}
			if !strings.Contains(output, test.want) {
				t.Errorf("%s is not named in:\n%s", test.want, output)
			}
			if strings.Contains(output, "goroutine ") || strings.Contains(output, "Stack:") {
				t.Errorf("a stack is no answer to a user:\n%s", output)
			}
		})
	}
}

func TestConfigurationFileThatIsNotThere(t *testing.T) {
	output, err := run(t, []string{"GF_GCFG_FILE=nowhere.yaml"}, "--address", "127.0.0.1:0")
	if err == nil || !strings.Contains(output, "nowhere.yaml") {
		t.Errorf("ended with %v and:\n%s", err, output)
	}
}

// TestConfigurationIsRead changes what can be seen from outside.
func TestConfigurationIsRead(t *testing.T) {
	path := writeConfiguration(t, `
websocket:
  paths: ["/talk"]
  message: {maxSize: 1KiB, types: [text]}
  origin: {allow: ["https://app.example"]}
  console: {path: off}
`)
	s := server.Start(t, "--gf.gcfg.file="+path)
	wantEcho(t, s.WebSocketURL("/talk"), nil)

	peer := openRaw(t, s.WebSocketURL("/talk"), nil)
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: make([]byte, 1025)})
	if reason := peer.wantClose(1009); !strings.Contains(reason, "1024") {
		t.Errorf("the reason %q does not say the limit", reason)
	}
	peer = openRaw(t, s.WebSocketURL("/talk"), nil)
	peer.sendFrames(wire.Frame{Opcode: wire.Binary, Payload: []byte("x")})
	peer.wantClose(1003)

	target := s.WebSocketURL("/talk")
	foreign := append(goodHandshake(mustParse(t, target)), "Origin: http://"+s.Address)
	wantRefusal(t, dialRaw(t, target, nil).request(foreign), 403)
	for _, gone := range []string{"/", "/ws"} {
		if response, _ := get(t, s.URL+gone, nil); response.StatusCode != 404 {
			t.Errorf("%s is answered with %s", gone, response.Status)
		}
	}
}

// TestOptionWinsOverTheFile has both name an address.
func TestOptionWinsOverTheFile(t *testing.T) {
	path := writeConfiguration(t, "server: {address: \"127.0.0.1:1\"}")
	s := server.Start(t, "--gf.gcfg.file="+path)
	wantEcho(t, s.WebSocketURL("/ws"), nil)
}

func TestBadCommandLines(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"unknown option", []string{"--adress", ":1"}, "--adress"},
		{"unknown option with a value", []string{"--adress=:1"}, "--adress"},
		{"unknown command", []string{"serv"}, "serv"},
		{"option without its value", []string{"--address"}, "--address"},
		{"address that is none", []string{"--address", "nowhere"}, "--address"},
		{"certificate without its key", []string{"--cert", "cert.pem"}, "--cert"},
		{"certificate that is not there", []string{"--cert", "no.pem", "--key", "no.key"}, "no.pem"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			output, err := run(t, nil, test.args...)
			if err == nil {
				t.Error("exit code 0")
			}
			if !strings.Contains(output, test.want) {
				t.Errorf("%s is not named in:\n%s", test.want, output)
			}
		})
	}
}

// TestAddressInUse names the address.
func TestAddressInUse(t *testing.T) {
	s := server.Start(t)
	output, err := run(t, nil, "--address", s.Address)
	if err == nil || !strings.Contains(output, s.Address) {
		t.Errorf("ended with %v and:\n%s", err, output)
	}
}

func writeConfiguration(t testing.TB, yaml string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
