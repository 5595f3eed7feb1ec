package console

import (
	"net/http"

	"github.com/gogf/gf/v2/net/ghttp"
)

// contentSecurityPolicy lets the page load its own files alone. WebSockets may
// go anywhere, since the page is for any server that lets it in; what they
// bring becomes text, never markup or code, and a server decides by the origin
// who may talk to it.
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// permissionsPolicy takes from the page what it never asks for.
const permissionsPolicy = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

// secure sets what holds for every file.
func secure(header http.Header) {
	header.Set("Content-Security-Policy", contentSecurityPolicy)
	header.Set("Permissions-Policy", permissionsPolicy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// share lets pages of any origin import what is answered.
func share(header http.Header) {
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// Fresh is the middleware of what the page asks for: it is of the moment.
func Fresh(r *ghttp.Request) {
	header := r.Response.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	r.Middleware.Next()
}
