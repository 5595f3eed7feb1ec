package browser_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

func (p *tab) plot(name string) string {
	p.Helper()
	return plain(evaluate[string](p, `(() => {
		const caption = [...document.querySelectorAll('`+here+`.plot figcaption')].find((caption) => caption.textContent.startsWith('`+name+`'));
		const [heading, ...values] = [...caption?.children ?? []].map((part) => part.textContent);
		return heading + ': ' + values.join(', ');
	})()`))
}

func TestLiveShowsTheConnection(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.click(".view[data-view=live]")
	if got := p.text("[part=live]"); !strings.Contains(got, "Sent goes up from the middle, received down") || !strings.Contains(got, "publishes no statistics") {
		t.Errorf("the empty view says %q", got)
	}
	evaluate[any](p, `(() => {
		document.querySelector('[part=field]').value = 'to be plotted';
		document.querySelector('[part=composer]').requestSubmit();
	})(), null`)
	p.await("round trip", func() bool { return strings.HasSuffix(p.plot("Round trip"), "ms") })
	p.await("messages", func() bool { return strings.HasPrefix(p.plot("Messages/s"), "Messages/s: Sent ") })
	p.awaitOnLine("open", "Open for")
	s.Kill()
	p.awaitOnLine("waiting", "Waiting for")
}

// awaitOnLine waits until the line of the connection has a state, drawn and in words.
func (p *tab) awaitOnLine(state, words string) {
	p.Helper()
	p.await(words+" on the line", func() bool {
		return evaluate[bool](p, `(() => {
			const drawn = document.querySelector('[part=plots] path[data-state=`+state+`]');
			const said = document.querySelector('.legend [data-state=`+state+`]');
			return drawn.getBoundingClientRect().height > 0 && !said.hidden && said.textContent.startsWith('`+words+`');
		})()`)
	})
}

// TestBothWaysOfAPlotShow though an echo makes them the same: what was sent is
// above the middle and what was received below it, with what the rules stand for.
func TestBothWaysOfAPlotShow(t *testing.T) {
	type box struct{ Top, Bottom float64 }
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.send("to be plotted")
	p.awaitEchoes(1)
	p.click(".view[data-view=live]")
	var boxes []box
	p.await("bars each way", func() bool {
		boxes = evaluate[[]box](p, `[...document.querySelectorAll('`+here+`[part=plots] .plot:nth-child(2) [class^=bars]')].map((bars) => {
			const { top, bottom } = bars.getBoundingClientRect();
			return { Top: top, Bottom: bottom };
		})`)
		return len(boxes) == 2 && boxes[0].Bottom-boxes[0].Top > 10
	})
	if boxes[0].Bottom > boxes[1].Top+2 || boxes[1].Bottom-boxes[1].Top <= 10 {
		t.Errorf("sent is at %v and received at %v", boxes[0], boxes[1])
	}
	for part, want := range map[string]string{".scale": "202", ".time-axis": "5 min agonow"} {
		if got := p.text(here + "[part=plots] .plot:nth-child(2) " + part); got != want {
			t.Errorf("%s says %q, want %q", part, got, want)
		}
	}
}

// TestLiveShowsTheServerToWhoHasTheToken reads what the executable tells of
// itself, once one may see it.
func TestLiveShowsTheServerToWhoHasTheToken(t *testing.T) {
	const token = "a-token-of-push-0123456789"
	s := server.Start(t, "--push-token", token)
	p := newOpenTab(t, s.URL)
	p.enterLobby(1)
	p.click(here + ".view[data-view=live]")
	p.awaitText("told", "/push/stats answers 401: it wants the token of push.")
	p.put("key", "a-token-that-is-wrong")
	p.press(kb.Enter)
	p.awaitText("told", "/push/stats answers 401: that token is wrong.")
	p.put("key", token)
	p.press(kb.Enter)
	p.awaitText("told", "All endpoints, as /push/stats tells while this is open.")
	// Who asks without the right token is no handshake that was refused.
	for name, want := range map[string]string{"Connections": "Connections: 1", "Rooms": "Rooms: 1", "Refusals": "Refusals: 0"} {
		p.await(want, func() bool { return p.plot(name) == want })
	}
	shakeHandsFromElsewhere(t, s.URL+"/rpc")
	p.await("a refusal", func() bool { return p.plot("Refusals") == "Refusals: 1" })
	p.await("bars over time", func() bool {
		return evaluate[int](p, `document.querySelector('`+here+`[part=server] .plot:last-child .bars-0').getAttribute('d').split('M').length`) > 3
	})
	if kept := evaluate[string](p, `JSON.stringify([localStorage, sessionStorage])`); strings.Contains(kept, token) {
		t.Errorf("the token is kept: %s", kept)
	}
	p.navigate(s.URL)
	p.await("the page", func() bool { return p.state() != "" })
	p.click(here + ".view[data-view=live]")
	p.await("the question for the token", func() bool { return strings.Contains(p.text(here+"[part=told]"), "wants the token") })
}

// shakeHandsFromElsewhere makes a handshake that is refused for its origin.
func shakeHandsFromElsewhere(t *testing.T, address string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Connection": "Upgrade", "Upgrade": "websocket", "Origin": "https://elsewhere.example",
		"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
	} {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if response.StatusCode != http.StatusForbidden {
		t.Fatalf("status %d, want 403", response.StatusCode)
	}
}

func TestLiveShowsTheServer(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, "http://"+startNode(t, "host.mjs", s.Address))
	p.click(".view[data-view=live]")
	for name, want := range map[string]string{"Connections": "Connections: 3", "Rooms": "Rooms: 2", "Refusals": "Refusals: 5"} {
		p.await(want, func() bool { return p.plot(name) == want })
	}
}
