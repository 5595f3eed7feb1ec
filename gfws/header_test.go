package gfws_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
)

// cookieOf returns the cookie of that name which the 101 sets, or nil.
func cookieOf(res *http.Response, name string) *http.Cookie {
	for _, cookie := range res.Cookies() {
		if cookie.Name == name {
			return cookie
		}
	}
	return nil
}

// sessionHost begins a session in a middleware and reads it on a route.
func sessionHost(t *testing.T, cookie bool) *host {
	h := newHost(t)
	h.SetSessionCookieOutput(cookie)
	h.Use(func(r *ghttp.Request) {
		if r.URL.Path == "/ws" {
			if err := r.Session.Set("user", "ada"); err != nil {
				t.Error(err)
			}
		}
		r.Middleware.Next()
	})
	h.BindHandler("/who", func(r *ghttp.Request) { r.Response.Write(r.Session.MustGet("user")) })
	h.Plugin(gfws.New())
	return h.start()
}

func TestSessionCookieReachesThe101(t *testing.T) {
	h := sessionHost(t, true)
	p := h.dial("/ws")
	cookie := cookieOf(p.res, h.GetSessionIdName())
	if cookie == nil || cookie.Value == "" {
		t.Fatalf("no session cookie in %v", p.res.Header)
	}
	if n := len(p.res.Header["Set-Cookie"]); n != 1 {
		t.Errorf("%d cookies were set: %v", n, p.res.Header["Set-Cookie"])
	}
	waitFor(t, "ghttp to have stored the session", func() bool {
		_, body := h.ask(http.MethodGet, "/who", "Cookie", cookie.Name+"="+cookie.Value)
		return body == "ada"
	})

	again := h.dial("/ws", "Cookie", cookie.Name+"="+cookie.Value)
	if second := cookieOf(again.res, cookie.Name); second != nil && second.Value != cookie.Value {
		t.Errorf("a session that is known got another id: %v", second)
	}
}

func TestSessionCookieThatTheHostSwitchedOff(t *testing.T) {
	h := sessionHost(t, false)
	if p := h.dial("/ws"); len(p.res.Cookies()) != 0 {
		t.Errorf("cookies were set: %v", p.res.Header["Set-Cookie"])
	}
}

// TestSessionThatNobodyBegan sets no cookie.
func TestSessionThatNobodyBegan(t *testing.T) {
	h := startHost(t, gfws.New())
	if p := h.dial("/ws"); len(p.res.Cookies()) != 0 {
		t.Errorf("cookies were set: %v", p.res.Header["Set-Cookie"])
	}
}

func TestHostHeadersReachThe101(t *testing.T) {
	h := newHost(t)
	h.Use(func(r *ghttp.Request) {
		r.Cookie.Set("theme", "dark")
		r.Cookie.SetCookie("lang", "de", "", "/", time.Hour)
		header := r.Response.Header()
		header.Set("X-Request-Id", "r-1")
		header.Add("X-Many", "a")
		header.Add("X-Many", "b")
		header.Set("X-Split", "a\r\nX-Injected: b")
		header.Set("Content-Length", "5")
		header.Set("Content-Type", "text/html")
		header.Set("Connection", "close")
		header.Set("Upgrade", "h2c")
		header.Set("Sec-WebSocket-Accept", "forged")
		header.Set("Sec-WebSocket-Protocol", "forged")
		header.Set("Sec-WebSocket-Extensions", "permessage-deflate")
		r.Middleware.Next()
	})
	h.Plugin(gfws.New())
	h.start()
	p := h.dial("/ws")
	p.echo(websocket.TextMessage, "hello")
	header := p.res.Header
	if theme, lang := cookieOf(p.res, "theme"), cookieOf(p.res, "lang"); theme == nil || theme.Value != "dark" || lang == nil || lang.Value != "de" {
		t.Errorf("cookies: %v", header["Set-Cookie"])
	}
	if header.Get("X-Request-Id") != "r-1" || strings.Join(header["X-Many"], "") != "ab" {
		t.Errorf("headers: %v", header)
	}
	for _, name := range []string{"X-Injected", "Content-Length", "Content-Type", "Sec-Websocket-Protocol", "Sec-Websocket-Extensions"} {
		if values, ok := header[name]; ok {
			t.Errorf("%s: %q is in the 101", name, values)
		}
	}
	if got := header["Upgrade"]; len(got) != 1 || got[0] != "websocket" {
		t.Errorf("Upgrade: %q", got)
	}
}

func TestTraceIDReachesThe101(t *testing.T) {
	h := startHost(t, gfws.New())
	const parent = "4bf92f3577b34da6a3ce929d0e0e4736"
	if got := h.dial("/ws", "Traceparent", "00-"+parent+"-00f067aa0ba902b7-01").res.Header.Get("Trace-Id"); got != parent {
		t.Errorf("Trace-Id is %q, want that of the request, %s", got, parent)
	}
	if got := h.dial("/ws").res.Header.Get("Trace-Id"); len(got) != len(parent) {
		t.Errorf("Trace-Id is %q", got)
	}
}
