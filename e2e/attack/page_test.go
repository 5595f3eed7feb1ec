package attack

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/gfws/gf-websocket/e2e/chromium"
)

// connectInPage defines connect, which tells how far a WebSocket of a page gets:
// "echo" where what it says comes back.
const connectInPage = `
const connect = (address, protocols) => new Promise((resolve) => {
	const socket = new WebSocket(address, protocols);
	socket.onopen = () => socket.send('hello');
	socket.onmessage = (event) => resolve(event.data === 'hello' ? 'echo' : event.data);
	socket.onclose = (event) => resolve('closed with ' + event.code);
});`

// framePage tells its parent what became of its own connection.
const framePage = "<script>" + connectInPage + "connect('%s', ['v1']).then((got) => parent.postMessage(got, '*'))</script>"

// inFrame connects from a frame whose document is given by an attribute.
const inFrame = `new Promise((resolve) => {
	addEventListener('message', (event) => resolve(event.data), { once: true });
	const frame = document.createElement('iframe');
	frame.%s = %s;
	document.body.append(frame);
})`

// inWorker connects from a worker.
const inWorker = `new Promise((resolve) => {
	const code = %q + "connect('%s', ['v1']).then(postMessage)";
	new Worker(URL.createObjectURL(new Blob([code]))).onmessage = (event) => resolve(event.data);
})`

// evilPage is a page of an attacker, in a real browser.
type evilPage struct {
	*arena
	ctx     context.Context
	address string
	cookies atomic.Int64 // how many requests have brought the victim's cookie
}

// openPage serves the attacker's page and starts a browser. It comes from the
// same host and another port, so that not even SameSite keeps cookies from it.
func openPage(a *arena) *evilPage {
	p := &evilPage{arena: a}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("access_token"); err == nil {
			p.cookies.Add(1)
		}
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/frame" {
			fmt.Fprintf(w, framePage, a.target)
			return
		}
		fmt.Fprint(w, "<!doctype html><title>you have won</title><body>")
	}))
	a.Cleanup(site.Close)
	p.address, p.ctx = site.URL, chromium.Start(a.T)
	return p
}

// evaluate returns what an expression in the page comes to.
func (p *evilPage) evaluate(expression string) string {
	p.Helper()
	ctx, done := context.WithTimeout(p.ctx, patience)
	defer done()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("evaluate %s: %v", expression, err)
	}
	return got
}

func (p *evilPage) navigate(address string) {
	p.Helper()
	ctx, done := context.WithTimeout(p.ctx, patience)
	defer done()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		p.Fatalf("open %s: %v", address, err)
	}
}

// connect is what connectInPage says, for a page at that address.
func (p *evilPage) connect(address, protocols string) string {
	p.Helper()
	p.navigate(address)
	return p.evaluate(fmt.Sprintf("(() => {%s return connect('%s', %s)})()", connectInPage, p.target, protocols))
}

// tryAll connects in all the ways that a page has, and must not get in: the
// browser tells a page 1006 of a handshake that was refused.
func (p *evilPage) tryAll() {
	p.Helper()
	const refused = "closed with 1006"
	elsewhere := strings.Replace(p.address, "127.0.0.1", "localhost", 1)
	for _, address := range []string{p.address, elsewhere} {
		got := p.connect(address, "[]")
		p.try(got == refused, "a page of %s: %s", address, got)
		got = p.connect(address, "['v1']")
		p.try(got == refused, "a page of %s with a subprotocol: %s", address, got)
	}
	p.navigate(p.address)
	document := fmt.Sprintf("%q", fmt.Sprintf(framePage, p.target))
	for _, frame := range []struct{ what, attribute, value string }{
		{"a frame of another host", "src", fmt.Sprintf("%q", elsewhere+"/frame")},
		{"a frame without an address", "srcdoc", document},
		{"a frame of data", "src", "'data:text/html,' + encodeURIComponent(" + document + ")"},
		{"a frame in a sandbox", "sandbox = 'allow-scripts'; frame.srcdoc", document},
	} {
		got := p.evaluate(fmt.Sprintf(inFrame, frame.attribute, frame.value))
		p.try(got == refused, "%s: %s", frame.what, got)
	}
	got := p.evaluate(fmt.Sprintf(inWorker, connectInPage, p.target))
	p.try(got == refused, "a worker: %s", got)
}

// crossSitePage has a page of another origin connect, with nothing but itself.
func crossSitePage(a *arena) {
	p := openPage(a)
	p.tryAll()
	if got := p.connect(a.server.URL, "['v1']"); got != "closed with 4401" {
		a.Errorf("our own page, without a token: %s, want to be let in and asked for one", got)
	}
}

// crossSiteCookie has it connect with the cookie of a victim who is logged in,
// and shows that it is good in our own page.
func crossSiteCookie(a *arena) {
	token := a.issue(map[string]any{"sub": "victim"})
	a.keep("the victim's cookie", token)
	p := openPage(a)
	_, err := chromedp.Call(p.ctx, network.SetCookie, network.SetCookieParams{Name: "access_token", Value: token, URL: a.server.URL})
	if err != nil {
		a.Fatalf("set the cookie: %v", err)
	}
	if got := p.connect(a.server.URL, "['v1']"); got != "echo" {
		a.Fatalf("our own page, with the cookie: %s", got)
	}
	p.tryAll()
	if p.cookies.Load() == 0 {
		a.Error("the browser has sent the cookie to nobody else, so this shows nothing")
	}
	if got := p.connect(a.server.URL, "['v1']"); got != "echo" {
		a.Errorf("our own page, after the attack: %s", got)
	}
}
