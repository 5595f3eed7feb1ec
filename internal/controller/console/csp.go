package console

import (
	"net/http"
	"regexp"
)

// plainHost is what a Host header may be to stand in a policy.
var plainHost = regexp.MustCompile(`^[A-Za-z0-9.\-]+(:[0-9]+)?$|^\[[0-9A-Fa-f:.]+\](:[0-9]+)?$`)

// contentSecurityPolicy lets the page load its own files and talk to its own
// host only. Not every browser counts ws: as part of 'self', so the host is
// named as well.
func contentSecurityPolicy(r *http.Request) string {
	connect := "'self'"
	if plainHost.MatchString(r.Host) {
		connect += " ws://" + r.Host + " wss://" + r.Host
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src " + connect +
		"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
