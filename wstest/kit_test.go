package wstest_test

import (
	"context"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/wstest"
)

// echo answers with what came, and refuses whoever is called nobody.
var echo = ws.HandlerFuncs{
	Open: func(_ context.Context, s *ws.Session) error {
		if s.User() == "nobody" {
			return &ws.CloseError{Code: ws.CodePolicyViolation, Reason: "not you"}
		}
		return nil
	},
	Message: func(_ context.Context, s *ws.Session, m ws.Message) error { return s.Reply(m) },
}

func TestRawHandler(t *testing.T) {
	kit := wstest.Serve(t, echo)
	p := kit.Connect(wstest.As("ann"), wstest.From("203.0.113.7"), wstest.Path("/any?a=b"))
	if user := p.Session().User(); user != "ann" {
		t.Errorf("connected as %q", user)
	}
	if h := p.Session().Handshake(); h.Path != "/any" || h.RawQuery != "a=b" || h.RemoteAddr[:12] != "203.0.113.7:" {
		t.Errorf("the handshake is %+v", h)
	}
	p.AssertNoPush()
	p.Text("hello")
	p.Send(ws.BinaryMessage([]byte{0, 255}))
	p.AssertText("hello")
	p.AssertMessage(ws.BinaryMessage([]byte{0, 255}))
	p.Send(ws.BinaryMessage([]byte{1, 254}))
	if got := p.Receive(); got.Type != ws.Binary || string(got.Data) != "\x01\xfe" {
		t.Errorf("received %s %q", got.Type, got.Data)
	}
	p.AssertNoPush()
	p.Close(ws.CodeNormal, "bye")
	p.AssertClosed(ws.CodeNormal)
}

func TestRefusedByOnOpen(t *testing.T) {
	p := wstest.Serve(t, echo).Connect(wstest.As("nobody"))
	if reason := p.AssertClosed(ws.CodePolicyViolation); reason != "not you" {
		t.Errorf("closed for %q", reason)
	}
}

type addReq struct {
	g.Meta `rpc:"add"`
	A      int `json:"a" v:"required"`
	B      int `json:"b"`
}

type addRes struct {
	Sum int `json:"sum"`
}

func add(ctx context.Context, req *addReq) (*addRes, error) {
	if req.B < 0 {
		return nil, gerror.NewCode(gcode.CodeInvalidOperation, "that would be less")
	}
	if err := jsonrpc.Notify(jsonrpc.SessionFromCtx(ctx), "added", g.Map{"a": req.A}); err != nil {
		return nil, err
	}
	return &addRes{req.A + req.B}, nil
}

func newRouter(t *testing.T) *jsonrpc.Router {
	t.Helper()
	router := jsonrpc.New()
	if err := router.Bind(add); err != nil {
		t.Fatal(err)
	}
	return router
}

func TestRouter(t *testing.T) {
	p := wstest.Serve(t, newRouter(t)).Connect()
	p.AssertReply("add", g.Map{"a": 1, "b": 2}, g.Map{"sum": 3})
	p.AssertPush("added", g.Map{"a": 1})
	p.AssertNoPush()
	p.Notify("add", g.Map{"a": 9007199254740993})
	p.AssertPush("added", g.Map{"a": 9007199254740993})
	p.AssertError("add", g.Map{"a": 1, "b": -1}, gcode.CodeInvalidOperation.Code())
	p.AssertError("add", nil, gcode.CodeValidationFailed.Code())
	p.AssertError("nothing", nil, jsonrpc.CodeMethodNotFound)
	p.AssertNoPush()
}

// TestServerCalls has the server ask the client.
func TestServerCalls(t *testing.T) {
	p := wstest.Serve(t, jsonrpc.New()).Connect()
	answer := make(chan string, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		got, err := jsonrpc.Call[string](ctx, p.Session(), "confirm", g.Map{"what": "it"})
		answer <- got
		if err != nil {
			t.Error(err)
		}
	}()
	p.AssertCalled("confirm", g.Map{"what": "it"}, "yes")
	if got := <-answer; got != "yes" {
		t.Errorf("the server got %q", got)
	}
}

func TestPlugin(t *testing.T) {
	kit := wstest.Install(t,
		gfws.Path("/chat"),
		gfws.Handle(echo),
		gfws.Origins("https://app.example.com"),
	)
	kit.AssertRefused(403, wstest.Header("Origin", "https://evil.example.com"))
	kit.AssertRefused(404, wstest.Path("/elsewhere"))
	p := kit.Connect(wstest.Header("Origin", "https://app.example.com"))
	p.Text("hello")
	p.AssertText("hello")
	if n := kit.Hub().Len(); n != 1 {
		t.Errorf("%d sessions", n)
	}
}

func TestSubprotocols(t *testing.T) {
	kit := wstest.ServeHub(t, ws.Config{Subprotocols: []string{"chat.v2", "chat.v1"}}, echo)
	for _, tt := range []struct {
		offered []string
		want    string
	}{
		{nil, ""},
		{[]string{"other"}, ""},
		{[]string{"other", "chat.v1"}, "chat.v1"},
	} {
		p := kit.Connect(wstest.Subprotocols(tt.offered...))
		if got := p.Subprotocol(); got != tt.want {
			t.Errorf("of %q the peer got %q, want %q", tt.offered, got, tt.want)
		}
	}
}

// TestSettle sees the end of a session as soon as it can be seen.
func TestSettle(t *testing.T) {
	wstest.Timed(t, func(t *testing.T, clock *wstest.Clock) {
		kit := wstest.Serve(t, echo)
		p, began := kit.Connect(), time.Now()
		p.Cut()
		clock.Settle()
		if n := kit.Hub().Len(); n != 0 {
			t.Errorf("%d sessions are left", n)
		}
		if moved := time.Since(began); moved != 0 {
			t.Errorf("the clock has moved by %s", moved)
		}
	})
}

// TestPluginsInParallel installs many at once, which ghttp by itself is not made
// for.
func TestPluginsInParallel(t *testing.T) {
	for range 16 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			kit := wstest.Install(t, gfws.Handle(echo))
			p := kit.Connect(wstest.As("ann"))
			p.Text("hello")
			p.AssertText("hello")
		})
	}
}

// TestHeartbeatInNoTime lets a peer be silent for a day: it answers pings, and is
// gone half a minute after its network is.
func TestHeartbeatInNoTime(t *testing.T) {
	wstest.Timed(t, func(t *testing.T, clock *wstest.Clock) {
		kit := wstest.Serve(t, echo)
		p := kit.Connect()
		clock.Advance(24 * time.Hour)
		p.AssertNoPush()
		p.Stall()
		clock.Advance(ws.DefaultPingInterval + ws.DefaultPongTimeout + time.Second)
		if n := kit.Hub().Len(); n != 0 {
			t.Errorf("%d sessions are left", n)
		}
	})
}

// TestPluginInNoTime runs all of ghttp in a bubble.
func TestPluginInNoTime(t *testing.T) {
	wstest.Timed(t, func(t *testing.T, clock *wstest.Clock) {
		kit := wstest.Install(t, gfws.Configure(func(c *gfws.Config) { c.Heartbeat.Interval = time.Hour }))
		p := kit.Connect()
		clock.Advance(24 * time.Hour)
		p.Text("still here")
		p.AssertText("still here")
	})
}
