package wstest_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/wstest"
)

// The documents in docs/ quote from this file.

// SayReq says something to everyone else.
type SayReq struct {
	g.Meta `rpc:"chat.say"`
	Text   string `json:"text" v:"required|max-length:1000"`
}

// SayRes tells how many heard it.
type SayRes struct {
	Heard int `json:"heard"`
}

// Say is the handler that is tested below.
func Say(ctx context.Context, req *SayReq) (res *SayRes, err error) {
	session := jsonrpc.SessionFromCtx(ctx)
	said, err := jsonrpc.Encode("chat.said", g.Map{"user": session.User(), "text": req.Text})
	if err != nil {
		return nil, err
	}
	heard, err := session.Hub().All().Except(session).Send(said)
	return &SayRes{heard}, err
}

func TestSay(t *testing.T) {
	router := jsonrpc.New()
	if err := router.Bind(Say); err != nil {
		t.Fatal(err)
	}
	kit := wstest.Serve(t, router)
	ann, ben := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben"))

	ann.AssertReply("chat.say", g.Map{"text": "hi"}, g.Map{"heard": 1})
	ben.AssertPush("chat.said", g.Map{"user": "ann", "text": "hi"})
	ann.AssertNoPush()

	ann.AssertError("chat.say", g.Map{"text": ""}, gcode.CodeValidationFailed.Code())
	ben.AssertNoPush()
}

// A handler of messages that are no calls.
func TestUpper(t *testing.T) {
	kit := wstest.Serve(t, ws.HandlerFuncs{
		Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
			if m.Type == ws.Binary {
				return &ws.CloseError{Code: ws.CodeUnsupportedData, Reason: "text only"}
			}
			return s.Reply(ws.TextMessage(strings.ToUpper(string(m.Data))))
		},
	})
	p := kit.Connect()
	p.Text("hello")
	p.AssertText("HELLO")
	p.Send(ws.BinaryMessage([]byte{1}))
	p.AssertClosed(ws.CodeUnsupportedData)
}

// A plugin with its routes, its checks and its HTTP API.
func TestNotice(t *testing.T) {
	kit := wstest.Install(t,
		gfws.Origins("https://app.example.com"),
		gfws.Configure(func(c *gfws.Config) { c.Push.Token = "a token of the test" }),
	)
	kit.AssertRefused(http.StatusForbidden, wstest.Header("Origin", "https://evil.example.com"))
	ann, ben := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben"))

	request, err := http.NewRequest(http.MethodPost, "http://app/push/messages", strings.NewReader(`{"user":"ann","data":"your order is paid"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer a token of the test")
	response, err := kit.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	ann.AssertText("your order is paid")
	ben.AssertNoPush()
}

// A peer whose network is gone is found by the heartbeat.
func TestSilence(t *testing.T) {
	wstest.Timed(t, func(t *testing.T, clock *wstest.Clock) {
		kit := wstest.Serve(t, jsonrpc.New())
		p := kit.Connect()
		clock.Advance(24 * time.Hour)
		p.AssertNoPush()
		p.Stall()
		clock.Advance(ws.DefaultPingInterval + ws.DefaultPongTimeout + time.Second)
		if n := kit.Hub().Len(); n != 0 {
			t.Errorf("%d sessions are open", n)
		}
	})
}
