package browser_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

// signingKey is what the signing server and its friends share.
const signingKey = "sixteen bytes or more"

const signing = `websocket:
  signature: {keys: ["` + signingKey + `"]}
`

// connectSigned makes a connection whose messages are signed with key.
func (p *tab) connectSigned(address, key string) {
	p.Helper()
	p.set("signingKey", key)
	p.connectTo(address)
	p.awaitState("open")
}

func TestSignedMessages(t *testing.T) {
	s := server.StartConfigured(t, signing)
	p := newOpenTab(t, s.URL)
	p.connectSigned("/ws", signingKey)
	p.send("in an envelope")
	p.choose("hex")
	p.fill("00 ff")
	p.press(kb.Enter, control)
	echoes := p.awaitEchoes(2)
	if echoes[0].Body != "in an envelope" || echoes[1].Body != "00 ff" {
		t.Errorf("echoes %+v", echoes)
	}
	sent := p.rowsOf("sent")
	if sent[0].Body != "in an envelope" || sent[0].Meta != "text · 14 B · signed" {
		t.Errorf("sent %+v, want what is in the envelope, marked as signed", sent[0])
	}
	requireNoKey(p)
	if problems := p.watch.problemsSoFar(); len(problems) > 0 {
		t.Errorf("the browser reported %q", problems)
	}
}

// TestSignedSize counts what goes over the wire, not what is in it.
func TestSignedSize(t *testing.T) {
	s := server.StartConfigured(t, signing)
	p := newOpenTab(t, s.URL)
	p.connectSigned("/ws", signingKey)
	p.fill("hello")
	p.awaitText("size", "134 B / 64 KiB")
	p.fill(strings.Repeat("x", limit-100))
	p.press(kb.Enter)
	if got := plain(p.warning()); !strings.Contains(got, "Larger than 64 KiB") || len(p.rowsOf("sent")) != 0 {
		t.Errorf("warning %q, sent %d", got, len(p.rowsOf("sent")))
	}
	p.fill(strings.Repeat("x", limit-129))
	p.press(kb.Enter)
	p.awaitEchoes(1)
}

// TestSignedRepeat sends so fast that signing could mix up the order.
func TestSignedRepeat(t *testing.T) {
	s := server.StartConfigured(t, signing)
	p := newOpenTab(t, s.URL)
	p.connectSigned("/ws", signingKey)
	p.fill(strings.Repeat("a long one ", 3000))
	p.press(kb.Enter)
	p.fill("short")
	p.click(here + ".repeat summary")
	p.set("times", "10")
	p.set("interval", "0")
	p.click(here + "[part=repeat]")
	echoes := p.awaitEchoes(11)
	if !strings.HasPrefix(echoes[0].Body, "a long one") {
		t.Errorf("the first echo is %.40q, want the long message", echoes[0].Body)
	}
}

// TestSignedRooms joins and talks with calls in envelopes.
func TestSignedRooms(t *testing.T) {
	s := server.StartConfigured(t, signing)
	p := newOpenTab(t, s.URL)
	p.connectSigned("/rpc", signingKey)
	p.join("lobby")
	p.awaitText("present", "Members: 1")
}

func TestServerThatWantsSignedMessages(t *testing.T) {
	s := server.StartConfigured(t, signing)
	for name, key := range map[string]string{"unsigned": "", "wrong key": "another of 16 bytes"} {
		t.Run(name, func(t *testing.T) {
			p := newOpenTab(t, s.URL)
			p.connectSigned("/ws", key)
			p.send("refuse me")
			p.awaitState("closed")
			if got := p.text(here + "[part=reason]"); !strings.HasPrefix(got, "1008: policy violation") {
				t.Errorf("reason %q", got)
			}
			p.awaitCheck("Does it want signed messages?")
		})
	}
}

// TestSigningKeyIsKeptWhereOneSaysSo stores it beside the token, and forgets it.
func TestSigningKeyIsKeptWhereOneSaysSo(t *testing.T) {
	s := server.StartConfigured(t, signing)
	p := newOpenTab(t, s.URL)
	p.connectSigned("/ws", signingKey)
	p.set("keep", "on")
	p.navigate(s.URL)
	p.awaitState("open")
	p.send("kept")
	p.awaitEchoes(1)
	p.set("keep", "off")
	requireNoKey(p)
}

// TestSigningWithoutCrypto has a page as a browser shows it that came neither
// over https nor from this machine.
func TestSigningWithoutCrypto(t *testing.T) {
	s := server.StartConfigured(t, signing)
	p := newTabWith(t, `Object.defineProperty(crypto, 'subtle', { value: undefined })`, s.URL)
	p.set("signingKey", signingKey)
	p.connectTo("/ws")
	p.awaitText("wrong", "Signing works on https and localhost only.")
	if p.state() != "closed" {
		t.Errorf("state %s, want no connection that sends unsigned messages", p.state())
	}
}

// requireNoKey looks for the key in all that the page keeps, shows or saves.
func requireNoKey(p *tab) {
	p.Helper()
	if kept := evaluate[string](p, `JSON.stringify([localStorage, sessionStorage, document.cookie, document.body.innerText])`); strings.Contains(kept, signingKey) {
		p.Errorf("the key is in %s", kept)
	}
	if slices.ContainsFunc(p.watch.addresses(), func(url string) bool { return strings.Contains(url, "sixteen") }) {
		p.Errorf("the key is in an address: %q", p.watch.addresses())
	}
	for name, content := range p.exports() {
		if strings.Contains(content, signingKey) || len(content) == 0 {
			p.Errorf("the key is in the %s, or nothing is: %s", name, content)
		}
	}
}
