package chaos_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gogf/gf/v2/os/glog"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// server serves one router to all clients.
type server struct {
	hub  *ws.Hub
	url  string
	told presence

	running atomic.Int64 // handlers, and what they have started
	stalls  sync.Map     // by client, a channel that is closed once it is full

	speaking sync.RWMutex // held by those who say something
	hushed   bool         // nobody says anything any more
	said     atomic.Int64
}

func startServer(t *testing.T) *server {
	t.Helper()
	logger := glog.New()
	logger.SetStdoutPrint(false)
	s := &server{}
	router := jsonrpc.New(jsonrpc.Logger(logger), jsonrpc.Timeout(10*patience))
	router.Use(s.count)
	if err := router.Bind(&service{s}); err != nil {
		t.Fatal(err)
	}
	hub, err := ws.NewHub(ws.Config{
		Logger:        logger,
		QueueMessages: ws.Unlimited,
		PingInterval:  ws.Off, // a machine that is busy is no peer that is gone
		OnPresence:    s.told.hear,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.hub = hub
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := hub.Serve(context.Background(), w, r, ws.Opening{}, router); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
	t.Cleanup(func() {
		_ = hub.Shutdown(context.Background())
		host.Close()
	})
	s.url = "ws" + strings.TrimPrefix(host.URL, "http")
	return s
}

// count is a middleware that knows how many handlers run.
func (s *server) count(ctx context.Context, r *jsonrpc.Request, next jsonrpc.Next) (any, error) {
	s.running.Add(1)
	defer s.running.Add(-1)
	return next(ctx, r)
}

// hush returns when everything that will ever be said is said.
func (s *server) hush() {
	s.speaking.Lock()
	defer s.speaking.Unlock()
	s.hushed = true
}

// presence holds what is told of it to what can be.
type presence struct {
	mu     sync.Mutex
	inside map[string]map[*ws.Session]bool
	wrong  []string
}

func (p *presence) hear(_ context.Context, told ws.Presence) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inside == nil {
		p.inside = make(map[string]map[*ws.Session]bool)
	}
	members := p.inside[told.Room]
	if members == nil {
		members = make(map[*ws.Session]bool)
		p.inside[told.Room] = members
	}
	joined := told.Kind == ws.Joined
	if members[told.Session] == joined {
		p.wrong = append(p.wrong, told.Room+" "+told.Kind.String())
	}
	if joined {
		members[told.Session] = true
		return
	}
	delete(members, told.Session)
}

// check looks for those who were never told to have left.
func (p *presence) check(t *testing.T) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for room, members := range p.inside {
		if len(members) > 0 {
			t.Errorf("%d sessions that joined %s were not told to have left", len(members), room)
		}
	}
	for _, wrong := range p.wrong {
		t.Errorf("presence cannot be: %s", wrong)
	}
}
