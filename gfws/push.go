package gfws

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	v1 "github.com/gfws/gf-websocket/api/push/v1"
	"github.com/gfws/gf-websocket/internal/audit"
	"github.com/gfws/gf-websocket/internal/controller/push"
)

// apiRoute is a method and a path below push.path.
type apiRoute struct{ method, path string }

// refusedRequest is the reason of a refusal of the API itself.
const refusedRequest = "push"

// pushRoutes are the routes of the API for sessions.
var pushRoutes = []apiRoute{
	{http.MethodPost, "/messages"},
	{http.MethodPost, "/disconnect"},
	{http.MethodGet, "/sessions"},
	{http.MethodGet, "/rooms"},
	{http.MethodGet, "/users"},
	{http.MethodGet, "/stats"},
}

// roomRoutes are those of the room service.
var roomRoutes = []apiRoute{
	{http.MethodGet, "/room/history"},
	{http.MethodGet, "/room/members"},
}

// pushGate returns who is let into the API, nil where there is none.
func (p *Plugin) pushGate(config Config) (func(r *ghttp.Request) error, error) {
	asked, token := p.options.push, config.Push.Token
	switch {
	case asked != nil && token != "":
		return nil, invalid("push.token", "gfws.Push says whom to let in already: leave one of them out")
	case token != "":
		return bearer(token), nil
	default:
		return asked, nil
	}
}

// bearer lets in who has the token. How long it takes to refuse tells nothing of
// the token.
func bearer(token Secret) func(r *ghttp.Request) error {
	want := sha256.Sum256([]byte(token))
	return func(r *ghttp.Request) error {
		scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		got := sha256.Sum256([]byte(strings.TrimSpace(given)))
		if !strings.EqualFold(scheme, "Bearer") || subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			return gerror.NewCode(gcode.CodeNotAuthorized, "a valid token is needed")
		}
		return nil
	}
}

// routesOfPush lists the routes of the API.
func (p *Plugin) routesOfPush(config Config) []route {
	served := pushRoutes
	if p.rooms != nil {
		served = slices.Concat(served, roomRoutes)
	}
	routes := make([]route, 0, len(served))
	for _, r := range served {
		routes = append(routes, route{"push.path", r.method, config.Push.Path + r.path})
	}
	return routes
}

// bindPush serves the API, unless nobody is let in.
func (p *Plugin) bindPush(authenticate func(r *ghttp.Request) error) {
	if authenticate == nil {
		return
	}
	p.describeToken()
	gate := &push.Gate{Authenticate: authenticate, Refused: p.refusedPush}
	server := p.server
	controller := push.NewV1(p.Hub, func() v1.StatsRes { return p.pushStats(server) })
	p.server.Group(p.config.Push.Path, func(group *ghttp.RouterGroup) {
		group.Middleware(gate.Serve)
		group.Bind(controller)
		if p.rooms != nil {
			group.Bind(p.rooms.History, p.rooms.Members)
		}
	})
}

// refusedPush tells the audit, so that a flood of guesses fills no log.
func (p *Plugin) refusedPush(r *ghttp.Request, status int) {
	p.mu.Lock()
	endpoint := p.endpoint
	p.mu.Unlock()
	if endpoint == nil {
		return
	}
	endpoint.Audit.Record(r.Context(), audit.Event{
		Action: audit.Refused,
		Reason: refusedRequest,
		Code:   status,
		Remote: r.RemoteAddr,
		Path:   r.URL.Path,
	})
}

// pushStats are the figures of the API on a server.
func (p *Plugin) pushStats(server *ghttp.Server) v1.StatsRes {
	stats, hub := p.Stats(), p.Hub().Stats()
	return v1.StatsRes{
		Sessions: stats.Sessions,
		Users:    hub.Users,
		Rooms:    hub.Rooms,
		Dropped:  stats.Dropped,
		Refused:  stats.Refused,
		Closed:   stats.Closed,
		Rejected: stats.Rejected,
		Server:   serverStats(server),
	}
}

// serverStats sums up what the instances of a server count.
func serverStats(server *ghttp.Server) v1.ServerStats {
	var sum v1.ServerStats
	for _, p := range instances.on(server) {
		stats := p.Stats()
		sum.Sessions += stats.Sessions
		sum.Rooms += p.Hub().Stats().Rooms
		for reason, refused := range stats.Refused {
			if reason != refusedRequest {
				sum.Refused += refused
			}
		}
	}
	return sum
}
