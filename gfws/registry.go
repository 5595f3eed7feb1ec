package gfws

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/utility/envelope"
	"github.com/gfws/gf-websocket/ws"
)

// instances are the installed instances of the process. Like gf's own g.Redis
// and g.Server it is process-wide, since that is what finding one by name means;
// nothing but Instance, InstanceOf, Accept, the gauge and what tells of a whole
// server asks it.
var instances registry

// registry is a list in the order of installation.
type registry struct {
	mu      sync.RWMutex
	entries []registered
	left    map[place]bool // where one was removed; ghttp keeps servers for ever too
}

// place is a name on a server.
type place struct {
	server *ghttp.Server
	name   string
}

type registered struct {
	server *ghttp.Server
	name   string
	plugin *Plugin
	routes []route
	seen   *envelope.Memory // of signed messages, the server's own
}

// add refuses a name or a route that another instance of the same server has. It
// returns the memory of signed messages that all instances of the server share,
// which is the one that is added if there was none.
func (r *registry) add(added registered) (*envelope.Memory, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.entries {
		if e.server != added.server {
			continue
		}
		if e.name == added.name {
			return nil, gerror.NewCodef(gcode.CodeInvalidOperation,
				"the server has an instance %q already: give this one another gfws.Name", e.name)
		}
		for _, taken := range e.routes {
			if i := slices.IndexFunc(added.routes, taken.clashesWith); i >= 0 {
				return nil, added.routes[i].taken("the instance " + strconv.Quote(e.name))
			}
		}
		added.seen = e.seen
	}
	if added.plugin.implicit && r.left[place{added.server, added.name}] {
		return nil, ws.ErrDraining
	}
	r.entries = append(r.entries, added)
	return added.seen, nil
}

// mayMake refuses what Accept would make where an instance of that name has been
// removed: its server may still serve, and the checks of the one that has left
// would be gone.
func (r *registry) mayMake(s *ghttp.Server, name string) error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.left[place{s, name}] {
		return ws.ErrDraining
	}
	return nil
}

func (r *registry) remove(s *ghttp.Server, name string, p *Plugin) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, e := range r.entries {
		if e.server == s && e.name == name && e.plugin == p {
			r.entries = append(r.entries[:i:i], r.entries[i+1:]...)
			return
		}
	}
}

// leave is remove for an instance that was installed to serve.
func (r *registry) leave(s *ghttp.Server, name string, p *Plugin) {
	if s == nil {
		return
	}
	r.mu.Lock()
	if r.left == nil {
		r.left = make(map[place]bool)
	}
	r.left[place{s, name}] = true
	r.mu.Unlock()
	r.remove(s, name, p)
}

// namesOf returns the names of the instances of a server.
func (r *registry) namesOf(s *ghttp.Server) []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var names []string
	for _, e := range r.entries {
		if e.server == s {
			names = append(names, e.name)
		}
	}
	return names
}

// on returns the instances of a server, in the order of installation.
func (r *registry) on(s *ghttp.Server) []*Plugin {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var found []*Plugin
	for _, e := range r.entries {
		if e.server == s {
			found = append(found, e.plugin)
		}
	}
	return found
}

// named returns those of that name, in the order of installation.
func (r *registry) named(name string) []registered {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var found []registered
	for _, e := range r.entries {
		if e.name == name {
			found = append(found, e)
		}
	}
	return found
}

// endpoints returns the paths of all endpoints of a server.
func (r *registry) endpoints(s *ghttp.Server) []string {
	return r.gets(s, "paths")
}

// served returns the first path with this end that a server answers for a key of
// the configuration, or nothing.
func (r *registry) served(s *ghttp.Server, key, end string) string {
	for _, path := range r.gets(s, key) {
		if strings.HasSuffix(path, end) {
			return path
		}
	}
	return ""
}

// gets returns the paths that a server answers to GET for a key.
func (r *registry) gets(s *ghttp.Server, key string) []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var paths []string
	for _, e := range r.entries {
		if e.server != s {
			continue
		}
		for _, served := range e.routes {
			if served.key == key && served.method == http.MethodGet {
				paths = append(paths, served.path)
			}
		}
	}
	return paths
}
