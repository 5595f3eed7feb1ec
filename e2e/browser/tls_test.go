package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/gfws/gf-websocket/e2e/server"
)

func TestSecurePageTalksSecurely(t *testing.T) {
	s := server.Start(t, "--tls")
	if !strings.HasPrefix(s.URL, "https://") {
		t.Fatalf("URL %s", s.URL)
	}
	p := newOpenTab(t, s.URL, chromedp.IgnoreCertErrors)
	if got, want := p.value("address"), s.WebSocketURL("/wss"); got != want {
		t.Errorf("address %s, want %s", got, want)
	}
	p.send("over TLS")
	if got := p.awaitEchoes(1)[0].Body; got != "over TLS" {
		t.Errorf("echo %q", got)
	}
	if problems := p.watch.problemsSoFar(); len(problems) > 0 {
		t.Errorf("the browser reported %q", problems)
	}
}
