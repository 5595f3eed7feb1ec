package cmd

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/gcfg"
	"github.com/gogf/gf/v2/util/guid"

	_ "github.com/gfws/gf-websocket/example/monorepo/app/order/internal/logic"

	chat "github.com/gfws/gf-websocket/example/monorepo/app/order/api/chat/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
	"github.com/gfws/gf-websocket/wstest"
)

// startChat serves all of the app in memory, without its file of configuration.
func startChat(t *testing.T) *wstest.Kit {
	t.Helper()
	adapter, err := gcfg.NewAdapterContent("{}")
	if err != nil {
		t.Fatal(err)
	}
	g.Cfg().SetAdapter(adapter)
	s := g.Server(guid.S()) // a name of its own each time, since ghttp keeps servers
	setUp(s)
	options, err := chatOptions()
	if err != nil {
		t.Fatal(err)
	}
	return wstest.Start(t, s, options...)
}

func TestChat(t *testing.T) {
	kit := startChat(t)
	ann, ben, cid := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben")), kit.Connect(wstest.As("cid"))
	ann.AssertReply("chat.enter", chat.EnterReq{Room: "support"}, chat.EnterRes{Customers: []string{"ann"}})
	ben.AssertReply("chat.enter", chat.EnterReq{Room: "support"}, chat.EnterRes{Customers: []string{"ann", "ben"}})
	ben.AssertReply("chat.say", chat.SayReq{Room: "support", Text: "hi"}, chat.SayRes{Heard: 1})
	ann.AssertPush(chat.SaidMethod, chat.Said{Room: "support", Customer: "ben", Text: "hi"})
	cid.AssertError("chat.say", chat.SayReq{Room: "support", Text: "let me in"}, gcode.CodeInvalidOperation.Code())
	for _, p := range []*wstest.Peer{ann, ben, cid} {
		p.AssertNoPush()
	}
}

// TestOrdersArePushed changes an order over HTTP: its customer hears of it in
// every tab, and nobody else does.
func TestOrdersArePushed(t *testing.T) {
	kit := startChat(t)
	ann, tab, ben := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben"))
	order := service.Order().Create(t.Context(), "ann", 1205)
	body := strings.NewReader(g.NewVar(g.Map{"id": order.ID, "status": "paid"}).String())
	request, err := http.NewRequest(http.MethodPut, "http://order/orders/status", body)
	if err != nil {
		t.Fatal(err)
	}
	response, err := kit.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	order.Status = "paid"
	for _, p := range []*wstest.Peer{ann, tab} {
		p.AssertPush(chat.OrderMethod, order)
		p.AssertNoPush()
	}
	ben.AssertNoPush()
}
