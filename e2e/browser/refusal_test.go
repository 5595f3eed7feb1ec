package browser_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/gfws/gf-websocket/e2e/server"
)

const secret = "a secret of 32 bytes, or some more"

// guarded asks for a token among the subprotocols.
const guarded = `websocket:
  subprotocols: ["v1"]
  auth: {methods: ["subprotocol"], jwt: {algorithms: ["HS256"], secret: "` + secret + `"}}
`

// tokenOf returns a token of user for an hour, made by hand.
func tokenOf(user string) string {
	encode := base64.RawURLEncoding.EncodeToString
	claims := fmt.Sprintf(`{"sub":%q,"exp":%d}`, user, time.Now().Add(time.Hour).Unix())
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(claims))
	sum := hmac.New(sha256.New, []byte(secret))
	sum.Write([]byte(signed))
	return signed + "." + encode(sum.Sum(nil))
}

// TestRefusalsAreSaidInWords asks why of a handshake that a browser tells
// nothing of.
func TestRefusalsAreSaidInWords(t *testing.T) {
	t.Run("origin", func(t *testing.T) {
		s := server.StartConfigured(t, "websocket: {origin: {allow: [\"https://elsewhere.example\"]}}")
		p := newTab(t)
		p.navigate(s.URL)
		p.awaitCheck("answers 403: this origin is not allowed to connect")
	})
	t.Run("401", func(t *testing.T) {
		s := server.StartConfigured(t, guarded)
		p := newTab(t)
		p.navigate(s.URL)
		p.awaitCheck("answers 401: ")
		if got := p.value("way"); got != "subprotocol" {
			t.Errorf("the token would go as %s, which the server does not take", got)
		}
		p.click(here + "[part=options] summary")
		p.put("token", tokenOf("anna"))
		p.connectTo("/ws")
		p.awaitState("open")
		p.awaitEvent("with v1")
	})
	t.Run("subprotocol", func(t *testing.T) {
		p := newOpenTab(t, server.Start(t).URL)
		p.set("subprotocols", "v9")
		for _, address := range []string{"/ws", "ws://" + startNode(t, "echo.mjs")} {
			p.connectTo(address)
			p.awaitCheck("The server must select a subprotocol")
		}
	})
	t.Run("429", func(t *testing.T) {
		s := server.StartConfigured(t, "websocket: {connections: {ip: 1}}")
		p := newOpenTab(t, s.URL)
		p.click("#tab-new")
		p.connectTo("/ws")
		p.awaitCheck("answers 429: ")
		p.awaitCheck("Wait, or close other connections.")
	})
	t.Run("path", func(t *testing.T) {
		p := newOpenTab(t, server.Start(t).URL)
		p.connectTo("/nowhere")
		p.awaitCheck("No endpoint is at this path, but at /")
		if got := p.checks(); len(got) != 1 {
			t.Errorf("advice %q, want what is known alone", got)
		}
	})
	t.Run("server away", func(t *testing.T) {
		s := server.Start(t)
		p := newOpenTab(t, s.URL)
		p.connectTo("ws://" + server.FreeAddress(t))
		p.awaitCheck("running, and the port right?")
		p.awaitCheck("let in " + s.URL)
	})
	t.Run("own server away", func(t *testing.T) {
		s := server.Start(t)
		p := newOpenTab(t, s.URL)
		p.click(here + "[part=toggle]")
		p.awaitState("closed")
		s.Kill()
		p.click(here + "[part=toggle]")
		p.awaitCheck("server does not answer. Is it running?")
	})
	t.Run("scheme", func(t *testing.T) {
		s := server.Start(t)
		p := newOpenTab(t, s.URL)
		p.connectTo("wss://" + s.Address + "/ws")
		p.awaitCheck("Does it speak TLS? If not, use ws://.")
	})
	t.Run("certificate", func(t *testing.T) {
		secure := server.Start(t, "--tls")
		p := newOpenTab(t, server.Start(t).URL)
		p.connectTo("wss://" + secure.Address + "/wss")
		p.awaitCheck("Is its certificate trusted? Open https://" + secure.Address)
	})
	t.Run("mixed", func(t *testing.T) {
		s := server.Start(t, "--tls")
		p := newOpenTab(t, s.URL, chromedp.IgnoreCertErrors)
		p.connectTo("ws://other.example/")
		p.awaitCheck("only wss:// is allowed")
	})
}
