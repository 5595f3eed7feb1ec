package peers

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
)

// scriptTimeout bounds one script of another language, its start included.
const scriptTimeout = time.Minute

// endpoint is where a script connects to.
type endpoint struct {
	name, url   string
	certificate string // the only one to trust; empty for ws
}

// endpoints starts a server for each scheme and returns both paths of each.
func endpoints(t *testing.T) []endpoint {
	t.Helper()
	plain, secure := server.Start(t), server.Start(t, "--tls")
	certificate := developmentCertificate(t, secure)
	return []endpoint{
		{"ws at /ws", plain.WebSocketURL("/ws"), ""},
		{"ws at /wss", plain.WebSocketURL("/wss"), ""},
		{"wss at /ws", secure.WebSocketURL("/ws"), certificate},
		{"wss at /wss", secure.WebSocketURL("/wss"), certificate},
	}
}

// TestNode talks to the server with npm's ws.
func TestNode(t *testing.T) {
	if _, err := os.Stat("../node_modules/ws"); err != nil {
		t.Fatal("ws is not installed: run `make peers`, or `npm ci` in e2e")
	}
	for _, to := range endpoints(t) {
		t.Run(to.name, func(t *testing.T) { runScript(t, "node", "testdata/echo.mjs", to) })
	}
}

// TestPython talks to the server with Python's websockets.
func TestPython(t *testing.T) {
	python := pythonWithWebsockets(t)
	for _, to := range endpoints(t) {
		t.Run(to.name, func(t *testing.T) { runScript(t, python, "testdata/echo.py", to) })
	}
}

// pythonWithWebsockets returns an interpreter that can import websockets: GFWS_PYTHON names
// one, and a python3 from elsewhere may stand before the system's in PATH.
func pythonWithWebsockets(t *testing.T) string {
	t.Helper()
	for _, candidate := range []string{os.Getenv("GFWS_PYTHON"), "python3", "/usr/bin/python3"} {
		if candidate == "" {
			continue
		}
		if exec.Command(candidate, "-c", "import websockets").Run() == nil {
			return candidate
		}
	}
	t.Fatal("no Python that can import websockets: run `make peers`, install python3-websockets " +
		"(or python3 -m pip install websockets), or name one in GFWS_PYTHON")
	return ""
}

// runScript fails unless the script finds everything as it should be.
func runScript(t *testing.T, interpreter, script string, to endpoint) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), scriptTimeout)
	defer cancel()
	output, err := exec.CommandContext(ctx, interpreter, script, to.url, to.certificate).CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", script, to.url, err, output)
		return
	}
	t.Logf("%s", output)
}
