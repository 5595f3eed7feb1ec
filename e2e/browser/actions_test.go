package browser_test

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

var shift = chromedp.KeyModifiers(chromedp.ModifierShift)

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

// choose sets the type that messages are sent as: text or binary.
func (p *tab) choose(kind string) {
	p.Helper()
	p.click(`.choice-option:has([value=` + kind + `])`)
}

func (p *tab) warning() string {
	p.Helper()
	return p.text("#warning")
}

func (p *tab) isMarkedInvalid() bool {
	p.Helper()
	return evaluate[string](p, `document.querySelector('#field').getAttribute('aria-invalid')`) == "true"
}
