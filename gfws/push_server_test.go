package gfws_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	v1 "github.com/gfws/gf-websocket/api/push/v1"
	"github.com/gfws/gf-websocket/gfws"
)

// TestPushStatsOfTheServer sums up the instances of one server: neither those of
// another one, nor those that have left it.
func TestPushStatsOfTheServer(t *testing.T) {
	rooms := gfws.New(withPush(gfws.Name("rooms"), gfws.Path("/rooms"), gfws.RoomService())...)
	echo := gfws.New(gfws.Name("echo"), gfws.Path("/echo"))
	h, other := startHost(t, rooms, echo), startHost(t, gfws.New(gfws.Name("echo"), gfws.Path("/echo")))
	p := &program{t, httpClient, pushToken, "http://" + h.addr}

	member := h.dial("/rooms")
	member.send(websocket.TextMessage, `{"jsonrpc":"2.0","id":1,"method":"room.join","params":{"room":"lobby"}}`)
	_ = member.SetReadDeadline(time.Now().Add(patience))
	if _, _, err := member.ReadMessage(); err != nil {
		t.Fatal(err)
	}
	for _, h := range []*host{h, h, other} {
		h.dial("/echo").echo(websocket.TextMessage, "here")
	}
	for _, refusing := range []*host{h, other} {
		refusing.ask(http.MethodPost, "/echo")
	}
	h.ask(http.MethodPost, "/rooms")
	h.ask(http.MethodGet, "/push/stats") // without the token

	stats := expect[v1.StatsRes](t, p.get("/push/stats"))
	if want := (v1.ServerStats{Sessions: 3, Rooms: 1, Refused: 2}); stats.Server != want {
		t.Errorf("the server has %+v, want %+v", stats.Server, want)
	}
	if stats.Sessions != 1 || stats.Refused["push"] != 1 {
		t.Errorf("the instance has %+v", stats)
	}
	if err := echo.Remove(); err != nil {
		t.Fatal(err)
	}
	stats = expect[v1.StatsRes](t, p.get("/push/stats"))
	if want := (v1.ServerStats{Sessions: 1, Rooms: 1, Refused: 1}); stats.Server != want {
		t.Errorf("the server is left with %+v, want %+v", stats.Server, want)
	}
	if err := rooms.Remove(); err != nil {
		t.Fatal(err)
	}
	if stats = expect[v1.StatsRes](t, p.get("/push/stats")); stats.Server != (v1.ServerStats{}) {
		t.Errorf("a server without instances has %+v", stats.Server)
	}
}
