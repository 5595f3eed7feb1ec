package browser_test

import (
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

// TestATokenIsNowhere but on its way: not in what the page shows, keeps or saves.
func TestATokenIsNowhere(t *testing.T) {
	for _, way := range []string{"first-message", "subprotocol", "query"} {
		t.Run(way, func(t *testing.T) {
			s := server.StartConfigured(t, `websocket:
  subprotocols: ["v1"]
  auth: {methods: ["`+way+`"], jwt: {algorithms: ["HS256"], secret: "`+secret+`"}}
`)
			p := newTab(t)
			p.navigate(s.URL)
			token := tokenOf("anna")
			p.click(here + "[part=options] summary")
			p.put("token", token)
			p.set("way", way)
			p.connectTo("/ws")
			p.awaitState("open")
			p.send("hello")
			p.awaitEchoes(1)
			p.requireNowhere(token)
			p.click(here + "[part=toggle]")
			p.awaitState("closed")
			p.set("token", token+"wrong")
			p.click(here + "[part=toggle]")
			p.await("refusal", func() bool { return p.text(here+"[part=reason]") != "" && len(p.checks()) > 0 })
			p.requireNowhere(token)
		})
	}
}

// requireNowhere looks for a secret in all but the field it was written into.
func (p *tab) requireNowhere(secret string) {
	p.Helper()
	places := p.exports()
	places["page"] = evaluate[string](p, `document.documentElement.outerHTML`)
	places["title"] = evaluate[string](p, `document.title + location.href`)
	places["storage"] = p.kept() + evaluate[string](p, `document.cookie`)
	for place, content := range places {
		if strings.Contains(content, secret) || (content == "" && place != "storage") {
			p.Errorf("the token is in the %s, or nothing is: %s", place, content)
		}
	}
}

// TestASecretStaysWithItsServer however one comes from its address to another's.
func TestASecretStaysWithItsServer(t *testing.T) {
	s := server.Start(t)
	for name, ways := range map[string][]string{
		"over none":       {"", "ws://other.example/"},
		"over a mistake":  {"a b", "ws://other.example/"},
		"to another port": {"ws://secret.example:81/"},
		"without TLS":     {"ws://secret.example/"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newOpenTab(t, s.URL)
			p.set("address", "wss://secret.example/")
			p.set("token", "c2VjcmV0")
			for _, address := range ways {
				p.set("address", address)
			}
			if got := p.value("token"); got != "" {
				t.Errorf("the token %q goes along", got)
			}
		})
	}
	t.Run("by a shortcut out of the field", func(t *testing.T) {
		p := newOpenTab(t, s.URL)
		p.click(here + "[part=toggle]")
		p.awaitState("closed")
		p.set("address", "wss://secret.example/")
		p.set("token", "c2VjcmV0")
		p.put("address", "ws://"+startNode(t, "echo.mjs"))
		p.press("c", alt)
		p.awaitState("open")
		if got := p.value("token"); got != "" || len(p.rowsOf("sent")) > 0 {
			t.Errorf("the token %q goes along, sent is %+v", got, p.rowsOf("sent"))
		}
	})
}
