package browser_test

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

var (
	shift   = chromedp.KeyModifiers(chromedp.ModifierShift)
	control = chromedp.KeyModifiers(chromedp.ModifierCtrl)
	alt     = chromedp.KeyModifiers(chromedp.ModifierAlt)
)

// asKeyboard makes an event one that a keyboard sends: its character then does
// not come when the page has taken the key.
func asKeyboard(event *input.DispatchKeyEventParams) {
	if event.Type == input.DispatchKeyEventTypeKeyDown {
		event.Type = input.DispatchKeyEventTypeRawKeyDown
	}
}

// in returns the same tab, reporting to a subtest.
func (p *tab) in(t *testing.T) *tab {
	same := *p
	same.T = t
	return &same
}

// choose sets what messages are written as: text, json, hex, base64 or file.
func (p *tab) choose(kind string) {
	p.Helper()
	p.click(here + `[data-mode=` + kind + `]`)
}

func (p *tab) warning() string {
	p.Helper()
	return p.text("[part=warning]")
}

func (p *tab) isMarkedInvalid() bool {
	p.Helper()
	return evaluate[string](p, `document.querySelector('[part=field]').getAttribute('aria-invalid')`) == "true"
}
