package attack

import (
	"net/http"
	"strings"
)

const listedOrigins = `  origin: {allow: ["https://app.example", "https://*.good.example", "https://bücher.example"]}
`

// originTricks says to come from pages that look like those that may.
func originTricks(a *arena) {
	token := a.issue(nil)
	a.keep("a good token", token)
	origins := []string{
		"https://evil.example", "null", "http://app.example", "https://app.example:8443", "https://app.example.evil.example",
		"https://evil-app.example", "https://app.example@evil.example", "https://evil.example#app.example",
		"https://evil.example/app.example", "https://evil.example?https://app.example", "https://app.example\tevil",
		"https://app.example evil.example", "https://app.example,https://evil.example", "https://app.example/", "https://app.example.",
		"//app.example", "app.example", "https:app.example", "https:///app.example", "wss://app.example", "file://", "https://",
		"https://good.example", "https://evilgood.example", "https://.good.example", "https://a..good.example",
		"https://a.good.example.evil.example", "https://a.good.example:444", "http://a.good.example", "https://*.good.example",
		"https://bucher.example", "https://bu\u0308cher.example", "https://b\u00fccher.example:444", "https://xn--bcher-kva.example.evil.example", "https://b%C3%BCcher.example",
		"chrome-extension://app.example", "https://127.0.0.1", "http://" + a.target.Host, "http://localhost", "undefined",
		"https://" + strings.Repeat("a.", 100_000/50) + "good.example", strings.Repeat("x", 5000),
	}
	for _, origin := range origins {
		a.refuse("origin "+origin, []int{http.StatusForbidden, http.StatusBadRequest}, bearer(token), "Origin: "+origin)
	}
	a.refuse("two origins", []int{http.StatusForbidden}, bearer(token), "Origin: https://app.example", "Origin: https://evil.example")
	a.refuse("an origin that a proxy's host allows", []int{http.StatusForbidden}, bearer(token), "Origin: https://evil.example", "X-Forwarded-Host: evil.example")
	for _, origin := range []string{"https://app.example", "https://APP.example:443", "https://a.b.good.example", "https://xn--bcher-kva.example", "https://b\u00fccher.example"} {
		if _, ok := a.openAs(bearer(token), "Origin: "+origin); !ok {
			a.Errorf("a page of %s may connect", origin)
		}
	}
}
