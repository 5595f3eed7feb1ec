package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// Notifications of one method keep their order, whatever their handler does, and
// hold no other method up.
func TestNotificationsInOrder(t *testing.T) {
	server := startRPC(t)
	w := watch(t, server.url(), client.ClientOptions{})
	const count = 300
	got := make(chan int, count)
	release := make(chan struct{})
	client.On(w.Client, "n", func(_ context.Context, n []int) {
		<-release
		got <- n[0]
	})
	other := make(chan struct{}, 1)
	client.On(w.Client, "other", func(context.Context, json.RawMessage) { other <- struct{}{} })
	s := w.connect(server)
	for i := range count {
		s.notify("n", fmt.Sprintf("[%d]", i))
	}
	s.notify("other", "{}")
	await(t, other, "the other method")
	close(release)
	for i := range count {
		if n := await(t, got, "a notification"); n != i {
			t.Fatalf("got %d, want %d", n, i)
		}
	}
}

// A handler that calls the server and waits does not wait for itself.
func TestCallInsideHandlers(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	results := make(chan string, 1)
	client.On(w.Client, "ready", func(ctx context.Context, _ struct{}) {
		got, err := client.Call[string](ctx, w.Client, "name", nil)
		if err != nil {
			t.Error(err)
		}
		results <- got
	})
	client.Handle(w.Client, "twice", func(ctx context.Context, n []int) (int, error) {
		if n[0] == 0 {
			return 0, nil
		}
		return client.Call[int](ctx, w.Client, "half", nil)
	})
	s.notify("ready", "{}")
	s.reply(s.expect("name"), `"gfws"`)
	if got := await(t, results, "the handler"); got != "gfws" {
		t.Errorf("got %q", got)
	}
	// While the handler waits for the server, the server calls the same method.
	s.send(`{"jsonrpc":"2.0","id":"a","method":"twice","params":[1]}`)
	half := s.expect("half")
	s.send(`{"jsonrpc":"2.0","id":"b","method":"twice","params":[0]}`)
	if m := s.next(); string(m.ID) != `"b"` || string(m.Result) != "0" {
		t.Errorf("got %+v", m)
	}
	s.reply(half, "7")
	if m := s.next(); string(m.ID) != `"a"` || string(m.Result) != "7" {
		t.Errorf("got %+v", m)
	}
}

func TestHandleAnswers(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	client.Handle(w.Client, "add", func(_ context.Context, n []int) (int, error) { return n[0] + n[1], nil })
	client.Handle(w.Client, "own", func(context.Context, json.RawMessage) (any, error) {
		return nil, fmt.Errorf("wrapped: %w", &client.Error{Code: 7, Message: "mine", Data: json.RawMessage(`[1]`)})
	})
	client.Handle(w.Client, "coded", func(context.Context, json.RawMessage) (any, error) {
		return nil, gerror.NewCode(gcode.CodeNotAuthorized, "log in first")
	})
	client.Handle(w.Client, "plain", func(context.Context, json.RawMessage) (any, error) { return nil, errors.New("no") })
	client.Handle(w.Client, "panics", func(context.Context, json.RawMessage) (any, error) { panic("secret") })
	client.Handle(w.Client, "unencodable", func(context.Context, json.RawMessage) (any, error) { return func() {}, nil })
	client.Handle(w.Client, "encodes", func(context.Context, json.RawMessage) (badJSON, error) { return badJSON{}, nil })
	client.Handle(w.Client, "nothing", func(context.Context, json.RawMessage) (any, error) { return nil, nil })
	for _, test := range []struct{ method, params, result, failure string }{
		{"add", "[1,2]", "3", ""},
		{"add", `{"a":1}`, "", "-32602: json: cannot unmarshal"},
		{"own", "{}", "", "json-rpc error 7: mine"},
		{"coded", "{}", "", "error 61: log in first"},
		{"plain", "{}", "", "-32603: no"},
		{"panics", "{}", "", "-32603: internal error"},
		{"encodes", "{}", "", "-32603: internal error"},
		{"unencodable", "{}", "", "-32603: json: unsupported type"},
		{"nothing", "{}", "null", ""},
		{"unknown", "{}", "", "-32601: no such method: unknown"},
	} {
		s.send(`{"jsonrpc":"2.0","id":"x","method":"` + test.method + `","params":` + test.params + `}`)
		m := s.next()
		if string(m.ID) != `"x"` || test.result != "" && string(m.Result) != test.result {
			t.Errorf("%s: got %+v", test.method, m)
		}
		if test.failure != "" && (m.Error == nil || !strings.Contains(m.Error.Error(), test.failure)) {
			t.Errorf("%s: got %v, want %s", test.method, m.Error, test.failure)
		}
	}
	if err := await(t, w.problems, "the panic"); gerror.Code(err) != gcode.CodeInternalPanic || !strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}

func TestNotificationsThatFail(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	client.On(w.Client, "typed", func(context.Context, []int) { t.Error("the handler ran") })
	client.On(w.Client, "panics", func(context.Context, json.RawMessage) { panic("oh") })
	s.notify("typed", `{"a":1}`)
	if err := await(t, w.problems, "the problem"); !strings.Contains(err.Error(), "notification typed") {
		t.Errorf("%v", err)
	}
	s.notify("panics", `{}`)
	if err := await(t, w.problems, "the panic"); gerror.Code(err) != gcode.CodeInternalPanic {
		t.Errorf("%v", err)
	}
	s.notify("unknown", `{}`)
	s.send(`{"jsonrpc":"2.0","id":1,"method":"unknown"}`)
	if m := s.next(); m.Error == nil {
		t.Errorf("got %+v", m)
	}
}

// A handler that ends its goroutine, as t.FailNow does, ends nothing else.
func TestHandlersEndTheirGoroutine(t *testing.T) {
	const limit = 64 // many, since a place is released a little after the answer
	w, _, s := calmly(t, client.ClientOptions{MaxIncoming: limit})
	got := make(chan int, 1)
	client.On(w.Client, "n", func(_ context.Context, n []int) {
		got <- n[0]
		runtime.Goexit()
	})
	client.Handle(w.Client, "ends", func(context.Context, json.RawMessage) (any, error) {
		runtime.Goexit()
		return nil, nil
	})
	isTold := func(about string) {
		t.Helper()
		if err := await(t, w.problems, "the problem"); gerror.Code(err) != gcode.CodeInternalPanic || !strings.Contains(err.Error(), about) {
			t.Errorf("%v", err)
		}
	}
	for i := range 3 * limit {
		s.notify("n", fmt.Sprintf("[%d]", i))
		if n := await(t, got, "the notification"); n != i {
			t.Errorf("got %d, want %d", n, i)
		}
		isTold("notification n")
		s.send(`{"jsonrpc":"2.0","id":"a","method":"ends"}`)
		if m := s.next(); string(m.ID) != `"a"` || m.Error == nil || m.Error.Code != -32603 || m.Error.Message != "internal error" {
			t.Errorf("got %+v", m)
		}
		isTold("call ends")
	}
}

// One that is ended leaves those that wait behind it to others.
func TestLaneGoesOn(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	const count = 20
	got, release := make(chan int, count), make(chan struct{})
	client.On(w.Client, "n", func(_ context.Context, n []int) {
		<-release
		got <- n[0]
		runtime.Goexit()
	})
	for i := range count {
		s.notify("n", fmt.Sprintf("[%d]", i))
	}
	close(release)
	for i := range count {
		if n := await(t, got, "a notification"); n != i {
			t.Fatalf("got %d, want %d", n, i)
		}
	}
}

// badJSON panics where it is encoded.
type badJSON struct{}

func (badJSON) MarshalJSON() ([]byte, error) { panic("secret") }

func TestServerCancels(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	begun := make(chan struct{}, 2)
	client.Handle(w.Client, "slow", func(ctx context.Context, _ json.RawMessage) (any, error) {
		begun <- struct{}{}
		<-ctx.Done()
		return nil, &client.Error{Code: 1, Message: "given up"}
	})
	s.send(`{"jsonrpc":"2.0","id":"a","method":"slow"}`)
	s.notify("$/cancel", `{"id":"other"}`)
	s.notify("$/cancel", `[1]`)
	await(t, begun, "the handler")
	s.notify("$/cancel", `{"id":"a"}`)
	if m := s.next(); string(m.ID) != `"a"` || m.Error == nil || m.Error.Code != 1 {
		t.Errorf("got %+v", m)
	}
	// One that waits when the connection breaks ends with it.
	s.send(`{"jsonrpc":"2.0","id":"b","method":"slow"}`)
	await(t, begun, "the handler")
	_ = s.conn.Close()
	w.until(client.PhaseWaiting)
}

// More than may be handled at once is answered, or told, and never piles up.
func TestTooMuchAtOnce(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{MaxIncoming: 2, MaxIncomingBytes: 1 << 10})
	release := make(chan struct{})
	begun := make(chan struct{}, 16)
	client.Handle(w.Client, "slow", func(context.Context, json.RawMessage) (any, error) {
		begun <- struct{}{}
		<-release
		return 1, nil
	})
	handled := make(chan int, 16)
	client.On(w.Client, "n", func(_ context.Context, n []int) { handled <- n[0] })
	for range 2 {
		s.send(`{"jsonrpc":"2.0","id":"a","method":"slow"}`)
		await(t, begun, "the handler")
	}
	s.send(`{"jsonrpc":"2.0","id":"c","method":"slow"}`)
	if m := s.next(); string(m.ID) != `"c"` || m.Error == nil || m.Error.Code != -32000 {
		t.Errorf("got %+v", m)
	}
	s.notify("n", "[3]")
	if d := await(t, w.dropped, "the drop"); d.Method != "n" || string(d.Params) != "[3]" || !d.Incoming {
		t.Errorf("dropped %+v", d)
	}
	close(release)
	for range 2 {
		if m := s.next(); string(m.Result) != "1" {
			t.Errorf("got %+v", m)
		}
	}
	// One message is taken however large it is, once the others are over.
	for taken := false; !taken; {
		s.notify("n", "[4"+strings.Repeat(" ", 2<<10)+"]")
		select {
		case n := <-handled:
			taken = n == 4
		case <-w.dropped:
		case <-time.After(patience):
			t.Fatal("the notification is neither handled nor dropped")
		}
	}
}
