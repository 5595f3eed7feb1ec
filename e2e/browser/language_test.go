package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/gfws/gf-websocket/e2e/server"
)

func (p *tab) language() string {
	p.Helper()
	return evaluate[string](p, `document.documentElement.lang`)
}

func TestPageSpeaksTheBrowsersLanguage(t *testing.T) {
	tests := []struct {
		browser, page, state, send string
	}{
		{"en-US", "en", "Open", "Send"},
		{"zh-CN", "zh-CN", "已连接", "发送"},
		{"de-DE", "en", "Open", "Send"},
	}
	s := server.Start(t)
	for _, test := range tests {
		t.Run(test.browser, func(t *testing.T) {
			p := newOpenTab(t, s.URL, chromedp.Flag("accept-lang", test.browser))
			if got := p.language(); got != test.page {
				t.Errorf("language %q, want %q", got, test.page)
			}
			if got := p.text("[part=state]"); got != test.state {
				t.Errorf("state %q, want %q", got, test.state)
			}
			if got := p.text("[part=send]"); got != test.send {
				t.Errorf("button %q, want %q", got, test.send)
			}
		})
	}
}

func TestChosenLanguageIsRemembered(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.send("hello")
	p.awaitEchoes(1)
	p.click("[data-language=zh-CN]")
	p.await("rows in Chinese", func() bool { return p.text(".row:not([hidden]) .row-word") == "事件" })
	if got := p.text(".row[data-kind=echo]:not([hidden]) .row-word"); got != "回显" {
		t.Errorf("a row from before says %q, want 回显", got)
	}
	if got := p.text("[part=state]"); got != "已连接" {
		t.Errorf("state %q, want 已连接", got)
	}
	p.navigate(s.URL)
	p.awaitState("open")
	if got := p.language(); got != "zh-CN" {
		t.Errorf("language %q after a reload, want zh-CN", got)
	}
	p.click("[data-language=en]")
	if got := p.text("[part=state]"); got != "Open" {
		t.Errorf("state %q, want Open", got)
	}
}
