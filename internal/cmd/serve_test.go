package cmd

import (
	"context"
	"crypto/tls"
	"net"
	"os/exec"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// echoThrough sends both types to url and expects them back.
func echoThrough(t *testing.T, url string) *client.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	// Nobody has signed the development certificate.
	conn, err := client.Dial(ctx, url, client.Options{TLS: &tls.Config{InsecureSkipVerify: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.CloseNow)
	for _, m := range []ws.Message{ws.TextMessage("hello word"), ws.TextMessage(""), ws.BinaryMessage([]byte("\x00\xff"))} {
		if err = conn.Write(ctx, m); err != nil {
			t.Fatal(err)
		}
		got, err := conn.Read(ctx)
		if err != nil || got.Type != m.Type || string(got.Data) != string(m.Data) {
			t.Fatalf("got %v %q, %v, want %v %q", got.Type, got.Data, err, m.Type, m.Data)
		}
	}
	return conn
}

// TestServesInAnEmptyFolder needs no configuration and no file beside it.
func TestServesInAnEmptyFolder(t *testing.T) {
	s := serveIn(t, execute(t, "", "--address", "127.0.0.1:0"), 1)
	echoThrough(t, s.echoes[0])
}

func TestServesBothSchemes(t *testing.T) {
	s := serveIn(t, execute(t, "", "--address=127.0.0.1:0", "--https-address=127.0.0.1:0"), 2)
	for _, url := range s.echoes {
		echoThrough(t, url)
	}
	plain, secure := s.echoes[0], s.echoes[1]
	if !strings.HasPrefix(plain, "ws://") || !strings.HasPrefix(secure, "wss://") {
		t.Fatalf("announced %q", s.echoes)
	}
	echoThrough(t, strings.TrimSuffix(plain, "/ws")+"/wss")
	echoThrough(t, strings.TrimSuffix(secure, "/wss")+"/ws")
}

// TestConfigured serves as the file says, and the flags above it.
func TestConfigured(t *testing.T) {
	config := "server:\n  address: \"127.0.0.1:1\"\nwebsocket:\n  paths: [/talk]\n"
	s := serveIn(t, execute(t, config, "-a", "127.0.0.1:0"), 1)
	if !strings.HasSuffix(s.echoes[0], "/talk") {
		t.Errorf("announced %s", s.echoes[0])
	}
	echoThrough(t, s.echoes[0])
}

// TestRefusesToStart holds that a bad start ends with 1, one line that says
// what is wrong, and no stack.
func TestRefusesToStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	with := func(command *exec.Cmd, env string) *exec.Cmd {
		command.Env = append(command.Env, env)
		return command
	}
	for _, c := range []struct {
		name    string
		command *exec.Cmd
		says    string
	}{
		{"bad value", execute(t, "websocket:\n  heartbeat:\n    interval: 30\n"), "websocket.heartbeat.interval"},
		{"unknown key", execute(t, "websocket:\n  hearbeat: {}\n"), "websocket.hearbeat"},
		{"path of both", execute(t, "websocket:\n  paths: [/rpc]\n"), "websocket.instances.rpc.paths"},
		{"path of the probes", execute(t, "websocket:\n  paths: [/healthz]\n"), "websocket.paths"},
		{"API of both", with(execute(t, "websocket:\n  push:\n    token: \"a-token-of-some-length\"\n"), "GFWS_PUSH_TOKEN=0123456789abcdef"),
			"websocket.push.token asks for the API of the echo at /push, where GFWS_PUSH_TOKEN"},
		{"API of both by keys", execute(t, "websocket:\n  push: &p\n    token: \"a-token-of-some-length\"\n  instances:\n    rpc:\n      push: *p\n"),
			"websocket.instances.rpc.push.token asks"},
		{"contradiction", execute(t, "websocket:\n  console: {path: /ws}\n"), "websocket.console.path"},
		{"duration of the server", execute(t, "server:\n  readTimeout: 30\n"), "server.readTimeout"},
		{"level of the log", execute(t, "logger:\n  level: loud\n"), "logger.level"},
		{"level of our log", execute(t, "logger:\n  websocket:\n    level: loud\n"), "logger.websocket.level"},
		{"broken file", execute(t, "websocket:\n\tpaths: []\n"), "config.yaml"},
		{"file that is not there", with(execute(t, ""), "GF_GCFG_FILE=nowhere.yaml"), "nowhere.yaml"},
		{"folder that is not there", with(execute(t, ""), "GF_GCFG_PATH=/nowhere"), "/nowhere"},
		{"address", execute(t, "", "--address", "nowhere"), "--address"},
		{"address that is taken", execute(t, "", "--address", taken.Addr().String()), taken.Addr().String()},
		{"certificate that is not there", execute(t, "", "--cert", "c.pem", "--key", "k.pem"), "--cert"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, said := failure(t, c.command)
			if code != ExitFailure || !strings.Contains(said, c.says) {
				t.Errorf("ended with %d, want 1 and %s:\n%s", code, c.says, said)
			}
			if strings.Contains(said, "panic") || strings.Contains(said, "goroutine ") {
				t.Errorf("said\n%s", said)
			}
		})
	}
}

// TestHelp ends well.
func TestHelp(t *testing.T) {
	command := execute(t, "", "--help")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"--address", "--tls", "client", "cert"} {
		if !strings.Contains(string(out), word) {
			t.Errorf("%s is not in\n%s", word, out)
		}
	}
}
