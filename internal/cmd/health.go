package cmd

import (
	"net/http"

	"github.com/gogf/gf/v2/net/ghttp"
)

// healthPath is where probes ask, whatever the page and auth are set to.
const healthPath = "/healthz"

// bindHealth answers probes with 200 while e serves, and with 503 once it drains.
func (e *endpoints) bindHealth(s *ghttp.Server) {
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		s.BindHandler(method+":"+healthPath, e.health)
	}
}

func (e *endpoints) health(r *ghttp.Request) {
	r.Response.Header().Set("Content-Type", "text/plain; charset=utf-8")
	r.Response.Header().Set("Cache-Control", "no-store")
	for _, plugin := range e.plugins() {
		if hub := plugin.Hub(); hub == nil || hub.Draining() {
			r.Response.WriteHeader(http.StatusServiceUnavailable)
			r.Response.Write("draining\n")
			return
		}
	}
	r.Response.Write("ok\n")
}
