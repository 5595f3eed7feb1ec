package ws_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// openWith serves sessions by open, and tells of the ends that onClose is told.
func openWith(t *testing.T, open func(*ws.Hub, http.ResponseWriter, *http.Request, ws.Opening) error) (*server, chan ws.Close) {
	t.Helper()
	hub, err := ws.NewHub(ws.Config{Logger: silent()})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan ws.Close, 10)
	opening := ws.Opening{OnClose: func(_ context.Context, s *ws.Session, c ws.Close) {
		if _, open := hub.Session(s.ID()); open {
			t.Error("the session is known although it has ended")
		}
		ended <- c
	}}
	s := &server{hub: hub}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := open(hub, w, r, opening); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
	t.Cleanup(func() {
		_ = hub.Shutdown(context.Background())
		s.Close()
		if len(ended) > 0 {
			t.Errorf("OnClose was called once more, with %v", <-ended)
		}
	})
	return s, ended
}

// TestOpeningIsToldOfTheEnd holds that OnClose of an opening is called once,
// after the handler's and whatever that does.
func TestOpeningIsToldOfTheEnd(t *testing.T) {
	var calls []string // written before ended is told
	note := func(context.Context, *ws.Session, ws.Close) {
		calls = append(calls, "handler")
		panic("as told")
	}
	for name, open := range map[string]func(*ws.Hub, http.ResponseWriter, *http.Request, ws.Opening) error{
		"serve": func(hub *ws.Hub, w http.ResponseWriter, r *http.Request, opening ws.Opening) error {
			_, err := hub.Serve(r.Context(), w, r, opening, ws.HandlerFuncs{Message: echo, Close: note})
			return err
		},
		"accept": func(hub *ws.Hub, w http.ResponseWriter, r *http.Request, opening ws.Opening) error {
			conn, err := hub.Accept(r.Context(), w, r, opening, nil)
			if err == nil {
				documentedLoop(conn)
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			calls = nil
			s, ended := openWith(t, open)
			p := s.connect(t)
			p.sendFrames(frame{fin: true, opcode: opClose, payload: closePayload(4001, "bye")})
			c := waitFor(t, "the end", ended)
			if c.Code != 4001 || c.By != ws.ByPeer {
				t.Errorf("ended with %v", c)
			}
			if name == "serve" && !slices.Equal(calls, []string{"handler"}) {
				t.Errorf("before it were called %v", calls)
			}
		})
	}
}

// TestOpeningThatFails holds that OnClose is not called where nothing opened.
func TestOpeningThatFails(t *testing.T) {
	s, ended := openWith(t, func(hub *ws.Hub, w http.ResponseWriter, r *http.Request, opening ws.Opening) error {
		_, err := hub.Serve(r.Context(), w, r, opening, ws.HandlerFuncs{})
		return err
	})
	res, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if res.StatusCode != http.StatusBadRequest || len(ended) > 0 {
		t.Errorf("answered with %s, told of %d ends", res.Status, len(ended))
	}
}

// TestOpeningIsAskedAboutControlFrames sends pings and pongs until there are too
// many: those before are answered, and the rest is not.
func TestOpeningIsAskedAboutControlFrames(t *testing.T) {
	for name, opcode := range map[string]byte{"ping": opPing, "pong": opPong} {
		t.Run(name, func(t *testing.T) {
			asked := 0 // by the one goroutine that reads
			s, ended := openWith(t, func(hub *ws.Hub, w http.ResponseWriter, r *http.Request, opening ws.Opening) error {
				opening.OnControl = func(context.Context, *ws.Session) error {
					if asked++; asked > 2 {
						return fmt.Errorf("wrapped: %w", &ws.CloseError{Code: ws.CodePolicyViolation, Reason: "too many"})
					}
					return nil
				}
				_, err := hub.Serve(r.Context(), w, r, opening, ws.HandlerFuncs{})
				return err
			})
			p := s.connect(t)
			for range 5 {
				p.sendFrames(frame{fin: true, opcode: opcode, payload: "x"})
			}
			if opcode == opPing {
				p.expect(frame{fin: true, opcode: opPong, payload: "x"})
				p.expect(frame{fin: true, opcode: opPong, payload: "x"})
			}
			if reason := p.expectClose(ws.CodePolicyViolation); reason != "too many" {
				t.Errorf("closed with %q", reason)
			}
			_ = p.conn.Close()
			if c := waitFor(t, "the end", ended); asked != 3 || !strings.Contains(fmt.Sprint(c.Err), "wrapped") {
				t.Errorf("asked %d times; ended with %v, %v", asked, c, c.Err)
			}
		})
	}
}
