package browser_test

import (
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/gfws/gf-websocket/e2e/server"
)

func TestPageWorksWithoutItsSettings(t *testing.T) {
	s := server.Start(t)
	p := newTab(t)
	call(p, func() error {
		_, err := chromedp.Call(p.ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{
			URLPatterns: []*network.BlockPattern{{URLPattern: s.URL + "/settings.json", Block: true}},
		})
		return err
	})
	p.navigate(s.URL)
	p.awaitState("open")
	p.awaitEvent("Could not read the server’s settings")
	if got, want := p.value("address"), s.WebSocketURL("/ws"); got != want {
		t.Errorf("address %s, want %s", got, want)
	}
	if got := p.text("[part=limit]"); got != "not known" {
		t.Errorf("largest message %q, want it not known", got)
	}
	p.send("all the same")
	p.awaitEchoes(1)
}

// TestABrokenDocumentIsTold once, and nothing else suffers.
func TestABrokenDocumentIsTold(t *testing.T) {
	s := server.Start(t)
	for name, body := range map[string]string{
		"not JSON":   `new Response('<html>')`,
		"an error":   `new Response('', { status: 500 })`,
		"no methods": `new Response('{"asyncapi":"3.0.0"}')`,
	} {
		t.Run(name, func(t *testing.T) {
			p := newTabWith(t, `globalThis.fetch = ((original) => (address, ...how) =>
				(String(address).endsWith('/asyncapi.json') ? Promise.resolve(`+body+`) : original(address, ...how)))(globalThis.fetch);`, s.URL)
			p.awaitEvent("Document /asyncapi.json not understood: ")
			p.click("#tab-new")
			p.connectTo("/ws")
			p.awaitEvent("Connected to ")
			if events := p.rowsOf("event"); len(events) != 1 {
				t.Errorf("events %+v in another tab, want the connection alone", events)
			}
		})
	}
}
