package browser_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

// connectTo ends the connection of the tab in view and makes one to address.
func (p *tab) connectTo(address string) {
	p.Helper()
	if p.state() != "closed" {
		p.click(here + "[part=toggle]")
		p.awaitState("closed")
	}
	p.put("address", address)
	p.click(here + "[part=toggle]")
}

// put writes into the field that plays a part.
func (p *tab) put(part, text string) {
	p.Helper()
	selector := here + "[part=" + part + "]"
	evaluate[any](p, `document.querySelector('`+selector+`').select(), null`)
	p.do("focus "+part, chromedp.Focus(chromedp.CSS(selector)))
	p.press(kb.Delete)
	p.press(text)
}

// set gives a field a value in one step, as choosing one does.
func (p *tab) set(part, value string) {
	p.Helper()
	evaluate[any](p, `(() => {
		const field = document.querySelector('`+here+`[part=`+part+`]');
		if (field.type === 'checkbox') field.checked = '`+value+`' === 'on';
		else field.value = '`+value+`';
		field.dispatchEvent(new Event('input', { bubbles: true }));
		field.dispatchEvent(new Event('change', { bubbles: true }));
	})(), null`)
}

func (p *tab) checks() []string {
	p.Helper()
	return evaluate[[]string](p, `[...document.querySelectorAll('`+here+`[part=checks] li')].map((item) => item.textContent)`)
}

func (p *tab) awaitCheck(part string) {
	p.Helper()
	p.await("advice with "+part, func() bool {
		return slices.ContainsFunc(p.checks(), func(check string) bool { return strings.Contains(check, part) })
	})
}

// TestOtherServers talks to two servers that no one here wrote.
func TestOtherServers(t *testing.T) {
	s := server.Start(t)
	for _, peer := range []struct{ name, address string }{
		{"ws of Node", startNode(t, "echo.mjs")},
		{"websockets of Python", startPython(t, "echo.py")},
	} {
		t.Run(peer.name, func(t *testing.T) {
			p := newOpenTab(t, s.URL)
			p.connectTo("ws://" + peer.address)
			p.awaitState("open")
			p.send("hello")
			p.choose("hex")
			p.fill("00 ff")
			p.press(kb.Enter, control)
			echoes := p.awaitEchoes(2)
			if echoes[0].Body != "hello" || echoes[1].Body != "00 ff" {
				t.Errorf("echoes %+v", echoes)
			}
			if got := p.text(here + "[part=trip]"); !strings.HasSuffix(got, "ms") {
				t.Errorf("the round trip is %q", got)
			}
			if got := p.text(here + "[part=limit]"); got != "not known" {
				t.Errorf("the limit of another server is %q", got)
			}
			if got := p.text(".tab-name"); got != peer.address {
				t.Errorf("the tab is named %q, want %q", got, peer.address)
			}
			if problems := p.watch.problemsSoFar(); len(problems) > 0 {
				t.Errorf("the browser reported %q", problems)
			}
		})
	}
}

func TestCloseCodeOfAnApplication(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.connectTo("ws://" + startPython(t, "echo.py"))
	p.awaitState("open")
	p.send("close me")
	p.awaitState("closed")
	if got := p.text(here + "[part=reason]"); got != "4321: a code of the application. (“as you wish”)" {
		t.Errorf("reason %q", got)
	}
}

func TestSubprotocols(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.set("subprotocols", "v1, v2")
	p.connectTo("ws://" + startNode(t, "echo.mjs"))
	p.awaitState("open")
	p.awaitEvent("with v2")
}

func TestAddressesAreReadAsTheyAreMeant(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	for _, written := range []string{"", "ftp://x", "ws://", "a b"} {
		p.connectTo(written)
		if got := p.text(here + "[part=wrong]"); !strings.HasPrefix(got, "Write an address as wss://host/path") {
			t.Errorf("%q: %q", written, got)
		}
		if p.state() != "closed" {
			t.Errorf("%q: state %s", written, p.state())
		}
	}
	p.connectTo("/wss")
	p.awaitState("open")
	p.awaitEvent("Connected to " + s.WebSocketURL("/wss"))
	other := "ws://" + startNode(t, "echo.mjs") + "/"
	p.connectTo(other)
	p.awaitState("open")
	p.connectTo(s.Address + "/ws")
	p.awaitState("open")
	offered := evaluate[[]string](p, `[...document.querySelectorAll('`+here+`[part=addresses] option')].map(({ value }) => value)`)
	for _, want := range []string{s.WebSocketURL("/ws"), s.WebSocketURL("/wss"), other} {
		if !slices.Contains(offered, want) {
			t.Errorf("offered are %q, without %q", offered, want)
		}
	}
}

func TestWithoutReconnectingALossIsTheEnd(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.set("reconnects", "off")
	s.Kill()
	p.awaitState("closed")
}

// TestTokens sends one in each way, and keeps it nowhere unless told to.
func TestTokens(t *testing.T) {
	const token = "c2VjcmV0"
	s := server.Start(t)
	for way, sent := range map[string]string{"first-message": token, "subprotocol": "", "query": "access_token=" + token} {
		t.Run(way, func(t *testing.T) {
			p := newTabWith(t, `WebSocket.prototype.send = ((original) => function (data) {
				globalThis.firstSent ??= data;
				original.call(this, data);
			})(WebSocket.prototype.send);`, s.URL)
			p.click(here + "[part=options] summary")
			p.put("token", "for another server")
			address := "ws://" + startNode(t, "echo.mjs")
			p.set("address", address)
			if got := p.value("token"); got != "" {
				t.Errorf("the token of one server goes to another: %q", got)
			}
			p.put("token", token)
			p.set("way", way)
			p.set("subprotocols", "v2")
			p.connectTo(address)
			p.awaitState("open")
			if way == "first-message" {
				if got := evaluate[string](p, `firstSent`); !strings.Contains(got, sent) {
					t.Errorf("the first message %q does not carry the token", got)
				}
				for _, row := range append(p.awaitEchoes(1), p.rowsOf("sent")...) {
					if strings.Contains(row.Body, token) {
						t.Errorf("the log tells the token: %+v", row)
					}
				}
			}
			if way == "query" && !slices.ContainsFunc(p.watch.addresses(), func(url string) bool { return strings.Contains(url, sent) }) {
				t.Errorf("no address has the token: %q", p.watch.addresses())
			}
			if kept := evaluate[string](p, `JSON.stringify(localStorage)`); strings.Contains(kept, token) {
				t.Errorf("the token is kept: %s", kept)
			}
			p.set("keep", "on")
			if kept := evaluate[string](p, `JSON.stringify(localStorage)`); !strings.Contains(kept, token) {
				t.Errorf("the token is not kept: %s", kept)
			}
			p.set("keep", "off")
			if kept := evaluate[string](p, `JSON.stringify(localStorage)`); strings.Contains(kept, token) {
				t.Errorf("the token is still kept: %s", kept)
			}
		})
	}
}
