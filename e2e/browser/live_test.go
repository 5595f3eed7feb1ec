package browser_test

import (
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

func (p *tab) plot(name string) string {
	p.Helper()
	return plain(evaluate[string](p, `[...document.querySelectorAll('`+here+`.plot svg')].map((plot) => plot.getAttribute('aria-label')).find((label) => label.startsWith('`+name+`')) ?? ''`))
}

func TestLiveShowsTheConnection(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.click(".view[data-view=live]")
	if got := p.text("[data-part=live]"); !strings.Contains(got, "Nothing was sent or received yet") || !strings.Contains(got, "publishes no statistics") {
		t.Errorf("the empty view says %q", got)
	}
	evaluate[any](p, `(() => {
		document.querySelector('[data-part=field]').value = 'to be plotted';
		document.querySelector('[data-part=composer]').requestSubmit();
	})(), null`)
	p.await("round trip", func() bool { return strings.HasSuffix(p.plot("Round trip"), "ms") })
	p.await("messages", func() bool { return strings.HasPrefix(p.plot("Messages/s"), "Messages/s: sent ") })
	p.await("line", func() bool { return strings.Contains(p.text(".time-line"), "Open for") })
	s.Kill()
	p.await("waiting on the line", func() bool { return strings.Contains(p.text(".time-line"), "Waiting for") })
}

func TestLiveShowsTheServer(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, "http://"+startNode(t, "host.mjs", s.Address))
	p.click(".view[data-view=live]")
	for name, want := range map[string]string{"Connections": "Connections: 3", "Rooms": "Rooms: 2", "Refusals": "Refusals: 5"} {
		p.await(want, func() bool { return p.plot(name) == want })
	}
}
