package websocket

import (
	"context"
	"net/http"
	"strings"

	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/net/gtrace"
)

// traceHeader is the header in which ghttp tells the trace id.
const traceHeader = "Trace-Id"

// sessionContext returns a context for the session that carries the trace and
// the baggage of the request's and keeps nothing else of it alive.
func sessionContext(ctx context.Context) context.Context {
	propagator, carrier := gtrace.GetDefaultTextMapPropagator(), gtrace.NewCarrier()
	propagator.Inject(ctx, carrier)
	return propagator.Extract(context.Background(), carrier)
}

// upgradeHeader returns what the host's middlewares have set on the response so
// far, which the 101 would lose: cookies, the session id, the trace id.
func upgradeHeader(r *ghttp.Request) http.Header {
	setSessionCookie(r)
	r.Cookie.Flush()
	header := http.Header{}
	for name, values := range r.Response.Header() {
		if !ownedByUpgrade(name) {
			header[name] = values
		}
	}
	header.Set(traceHeader, gtrace.GetTraceID(r.Context()))
	return header
}

// ownedByUpgrade tells the headers that describe a body or belong to the
// handshake itself.
func ownedByUpgrade(name string) bool {
	switch name {
	case "Connection", "Upgrade", "Date", "Transfer-Encoding", "Trailer":
		return true
	}
	return strings.HasPrefix(name, "Content-") && name != "Content-Security-Policy" ||
		strings.HasPrefix(name, "Sec-Websocket-")
}

// markUpgraded tells ghttp and the host's middlewares that the request was
// answered: the access log shows 101, and the non-empty buffer, which a
// hijacked response never sends, keeps response middlewares from writing.
func markUpgraded(r *ghttp.Request) {
	r.Response.WriteHeader(http.StatusSwitchingProtocols)
	r.Response.SetBuffer([]byte(http.StatusText(http.StatusSwitchingProtocols)))
}
