package browser_test

import (
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// noticing notes when the browser tells the page of a close, and when the page
// shows it. Both are the page's own clock, so that how long the system takes to
// tell the browser, and the browser to answer the test, is in neither.
const noticing = `
	globalThis.WebSocket = class extends WebSocket {
		constructor(...parameters) {
			super(...parameters);
			this.addEventListener('close', () => { globalThis.toldAt ??= performance.now(); });
		}
	};
	new MutationObserver((changes) => {
		if (changes.some(({ target }) => target.getAttribute('part') === 'connection' && target.dataset.state === 'waiting')) {
			globalThis.shownAt ??= performance.now();
		}
	}).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
`

// waiting makes no wait before a retry ever end by itself, so that what ends it
// is what the test does, however long a server takes to start.
const waiting = `
	globalThis.setTimeout = ((original) => (action, delay) =>
		original(action, delay >= 500 ? 2 ** 31 - 1 : delay))(globalThis.setTimeout);
`

// newTabWith is newOpenTab with a script that runs before the page's own.
func newTabWith(t *testing.T, script, url string) *tab {
	t.Helper()
	p := newTab(t)
	p.runBefore(script)
	p.navigate(url)
	p.awaitState("open")
	return p
}

// runBefore has a script run before those of each page to come.
func (p *tab) runBefore(script string) {
	p.Helper()
	call(p, func() error {
		_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	})
}

// secondsToNotice waits until a page with the script noticing has shown the end
// of its connection, and returns how long after it was told.
func (p *tab) secondsToNotice() float64 {
	p.Helper()
	p.await("end of the connection", func() bool { return evaluate[bool](p, "globalThis.shownAt !== undefined") })
	return evaluate[float64](p, "(shownAt - toldAt) / 1000")
}
