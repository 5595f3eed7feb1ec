package wstest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/wstest"
)

// recorder is a test that may fail without failing this one.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Helper() {}

func (r *recorder) Fatal(args ...any) { r.Fatalf("%s", fmt.Sprint(args...)) }

func (r *recorder) Fatalf(format string, args ...any) {
	r.said = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// failureOf returns what a test says that must fail.
func failureOf(t *testing.T, test func(t testing.TB)) string {
	t.Helper()
	r, done := &recorder{TB: t}, make(chan struct{})
	go func() {
		defer close(done)
		test(r)
	}()
	<-done
	if r.said == "" {
		t.Error("it did not fail")
	}
	return r.said
}

// pushy sends a notification for each message, or closes.
var pushy = ws.HandlerFuncs{
	Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
		if string(m.Data) == "close" {
			return &ws.CloseError{Code: 4000, Reason: "as you wish"}
		}
		return jsonrpc.Notify(s, "said", g.Map{"text": string(m.Data)})
	},
}

// TestAssertionsFail makes sure that each of them can: one that never fails would
// prove nothing. Where they wait for what does not come, the clock does.
func TestAssertionsFail(t *testing.T) {
	tests := []struct {
		name string
		test func(p *wstest.Peer)
		says string
	}{
		{"nothing pushed", func(p *wstest.Peer) { p.AssertPush("said", nil) }, "waited"},
		{"pushed otherwise", func(p *wstest.Peer) { p.Text("a"); p.AssertPush("said", g.Map{"text": "b"}) }, `want {"text":"b"}`},
		{"pushed another", func(p *wstest.Peer) { p.Text("a"); p.AssertPush("sung", nil) }, "want a notification of sung"},
		{"pushed after all", func(p *wstest.Peer) { p.Text("a"); p.AssertNoPush() }, "want nothing"},
		{"no push, but closed", func(p *wstest.Peer) { p.Text("close"); p.AssertNoPush() }, "4000"},
		{"another text", func(p *wstest.Peer) { p.Text("a"); p.AssertText("b") }, `want text "b"`},
		{"nothing to receive", func(p *wstest.Peer) { p.Text("close"); p.Receive() }, "as you wish"},
		{"another type", func(p *wstest.Peer) { p.Text("a"); p.AssertMessage(ws.BinaryMessage([]byte("a"))) }, "want binary"},
		{"not closed", func(p *wstest.Peer) { p.AssertClosed(4000) }, "waited"},
		{"closed otherwise", func(p *wstest.Peer) { p.Text("close"); p.AssertClosed(4001) }, "4000"},
		{"closed instead of an answer", func(p *wstest.Peer) { p.Text("close"); p.Call("said", nil) }, "4000"},
		{"no call", func(p *wstest.Peer) { p.Text("a"); p.AssertCalled("said", nil, nil) }, "want a call"},
		{"no JSON to want", func(p *wstest.Peer) { p.Text("a"); p.AssertPush("said", func() {}) }, "no JSON form"},
		{"no JSON to send", func(p *wstest.Peer) { p.Notify("said", func() {}) }, "no JSON form"},
		{"sent after the end", func(p *wstest.Peer) { p.Cut(); p.Text("a") }, "sending"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wstest.Timed(t, func(t *testing.T, _ *wstest.Clock) {
				said := failureOf(t, func(r testing.TB) { tt.test(wstest.Serve(r, pushy).Connect()) })
				if !strings.Contains(said, tt.says) {
					t.Errorf("it said %q, want %q in it", said, tt.says)
				}
			})
		})
	}
}

func TestRepliesFail(t *testing.T) {
	router := newRouter(t)
	tests := []struct {
		name string
		test func(p *wstest.Peer)
		says string
	}{
		{"another result", func(p *wstest.Peer) { p.AssertReply("add", g.Map{"a": 1}, g.Map{"sum": 2}) }, `want {"sum":2}`},
		{"an error", func(p *wstest.Peer) { p.AssertReply("nothing", nil, nil) }, "-32601"},
		{"an error with data", func(p *wstest.Peer) { p.AssertReply("add", nil, nil) }, `{"a":{"required":`},
		{"no error", func(p *wstest.Peer) { p.AssertError("add", g.Map{"a": 1}, 53) }, "want error 53"},
		{"another error", func(p *wstest.Peer) { p.AssertError("nothing", nil, 53) }, "want code 53"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			said := failureOf(t, func(r testing.TB) { tt.test(wstest.Serve(r, router).Connect()) })
			if !strings.Contains(said, tt.says) || strings.Contains(said, "%!") {
				t.Errorf("it said %q, want %q in it", said, tt.says)
			}
		})
	}
}

func TestKitsFail(t *testing.T) {
	tests := []struct {
		name string
		test func(t testing.TB)
		says string
	}{
		{"bounds without sense", func(t testing.TB) { wstest.ServeHub(t, ws.Config{MaxMessage: -5}, pushy) }, "MaxMessage"},
		{"let in", func(t testing.TB) { wstest.Serve(t, pushy).AssertRefused(403) }, "let in"},
		{"another status", func(t testing.TB) { wstest.Install(t).AssertRefused(403, wstest.Path("/elsewhere")) }, "want status 403"},
		{"refused", func(t testing.TB) { wstest.Install(t).Connect(wstest.Path("/elsewhere")) }, "404"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if said := failureOf(t, tt.test); !strings.Contains(said, tt.says) {
				t.Errorf("it said %q, want %q in it", said, tt.says)
			}
		})
	}
}

// TestStalledPeer is one that is too slow: what is for it is bounded, and it is
// closed, or gets all once it goes on.
func TestStalledPeer(t *testing.T) {
	kit := wstest.ServeHub(t, ws.Config{QueueBytes: 128 << 10}, pushy)
	slow, other := kit.Connect(), kit.Connect()
	slow.Stall()
	text := ws.TextMessage(strings.Repeat("x", 32<<10))
	for range 3 {
		if _, err := kit.Hub().All().Send(text); err != nil {
			t.Fatal(err)
		}
		other.AssertMessage(text)
	}
	slow.Resume()
	for range 3 {
		slow.AssertMessage(text)
	}
	slow.Stall()
	var err error
	for err == nil {
		err = slow.Session().Send(text)
	}
	if !errors.Is(err, ws.ErrQueueFull) {
		t.Errorf("sending to a stalled peer ends with %v", err)
	}
	slow.Resume()
	slow.AssertClosed(ws.CodeTryAgainLater)
	other.AssertNoPush()
}

// TestClient asks for an HTTP route of the server.
func TestClient(t *testing.T) {
	response, err := wstest.Install(t).Client().Get("http://anywhere/ws")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 426 {
		t.Errorf("answered with %s %s, %v", response.Status, body, err)
	}
}
