package monorepo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"testing"

	v1 "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"

	"github.com/gfws/gf-websocket/ws"
)

// TestMonorepo builds the apps, runs them and uses every part of what order serves.
func TestMonorepo(t *testing.T) {
	service, address := startOrder(t)
	api := "http://" + address + "/orders"

	t.Run("HTTP API", func(t *testing.T) {
		created := post[v1.Order](t, api, `{"customer":"ann","cents":1205}`)
		if created.Code != 0 || created.Data.Customer != "ann" || created.Data.Amount != "12.05" {
			t.Errorf("created %+v", created)
		}
		listed := get[v1.ListRes](t, api+"?customer=ann")
		if len(listed.Data.Orders) != 1 || listed.Data.Orders[0] != created.Data {
			t.Errorf("listed %+v, want %+v", listed, created.Data)
		}
		if refused := post[*v1.Order](t, api, `{"customer":"ann","cents":0}`); refused.Code == 0 || refused.Data != nil {
			t.Errorf("an order of nothing was answered with %+v", refused)
		}
	})

	t.Run("OpenAPI", func(t *testing.T) {
		// ghttp answers requests already while it still describes the routes, and
		// shows them when it is done.
		service.await(t, routeTable)
		response, err := http.Get("http://" + address + "/api.json")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		var document struct {
			Paths map[string]any `json:"paths"`
		}
		if err = json.NewDecoder(response.Body).Decode(&document); err != nil {
			t.Fatal(err)
		}
		if _, ok := document.Paths["/orders"]; !ok {
			t.Errorf("/orders is not described: %v", document.Paths)
		}
	})

	t.Run("echo at /ws", func(t *testing.T) {
		conn := dial(t, "ws://"+address+"/ws")
		for _, sent := range []ws.Message{ws.TextMessage("hello word"), ws.BinaryMessage([]byte{0xff, 0})} {
			write(t, conn, sent)
			if got := read(t, conn); got.Type != sent.Type || !bytes.Equal(got.Data, sent.Data) {
				t.Errorf("sent %v %q, got %v %q", sent.Type, sent.Data, got.Type, got.Data)
			}
		}
		// The size is what the app's configuration says for all endpoints.
		write(t, conn, ws.TextMessage(strings.Repeat("x", 16<<10+1)))
		wantClose(t, conn, ws.CodeMessageTooBig)
	})

	t.Run("orders at /notify", func(t *testing.T) {
		all, bens := dial(t, "ws://"+address+"/notify"), dial(t, "ws://"+address+"/notify")
		wantText(t, all, "watching all")
		wantText(t, bens, "watching all")
		write(t, bens, ws.TextMessage("ben"))
		wantText(t, bens, "watching ben")

		anns := post[v1.Order](t, api, `{"customer":"ann","cents":100}`)
		ben := post[v1.Order](t, api, `{"customer":"ben","cents":200}`)
		wantOrder(t, all, anns.Data)
		wantOrder(t, all, ben.Data)
		wantOrder(t, bens, ben.Data)

		// The endpoint has limits of its own.
		write(t, all, ws.BinaryMessage([]byte("ann")))
		wantClose(t, all, ws.CodeUnsupportedData)
		write(t, bens, ws.TextMessage(""))
		wantClose(t, bens, ws.CodePolicyViolation)
	})

	t.Run("chat at /chat", func(t *testing.T) {
		wantRefused(t, "ws://"+address+"/chat", http.StatusUnauthorized)
		ann, ben := enter(t, address, "ann"), enter(t, address, "ben")
		write(t, ben, ws.TextMessage(`{"jsonrpc":"2.0","id":1,"method":"chat.say","params":{"room":"support","text":"hi"}}`))
		wantText(t, ben, `{"jsonrpc":"2.0","id":1,"result":{"heard":1}}`)
		wantText(t, ann, `{"jsonrpc":"2.0","method":"chat.said","params":{"room":"support","customer":"ben","text":"hi"}}`)

		// An order that changes over HTTP is pushed to its customer alone.
		bens := post[v1.Order](t, api, `{"customer":"ben","cents":300}`).Data
		changed := put[v1.Order](t, api+"/status", fmt.Sprintf(`{"id":%d,"status":"shipped"}`, bens.ID)).Data
		if changed.Status != "shipped" {
			t.Errorf("changed to %+v", changed)
		}
		wantOrderPush(t, ben, changed)
		write(t, ann, ws.TextMessage(`{"jsonrpc":"2.0","id":2,"method":"chat.enter","params":{"room":""}}`))
		wantFailure(t, ann, 51)
		if refused := put[*v1.Order](t, api+"/status", `{"id":1000,"status":"paid"}`); refused.Code == 0 {
			t.Errorf("an order that is not there was answered with %+v", refused)
		}
	})

	t.Run("other app and leaving", func(t *testing.T) {
		watch := start(t, nil, build(t, "./app/watch"), "cid", "--url", "ws://"+address+"/notify")
		watch.await(t, regexp.MustCompile("(?m)^watching cid$"))
		post[v1.Order](t, api, `{"customer":"ann","cents":1}`)
		post[v1.Order](t, api, `{"customer":"cid","cents":2}`)
		watch.await(t, regexp.MustCompile(`(?m)^{.*"customer":"cid".*}$`))
		if strings.Contains(watch.output.String(), "ann") {
			t.Errorf("cid was told of ann: %s", watch.output.String())
		}
		conn := dial(t, "ws://"+address+"/ws")

		if err := service.command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		wantClose(t, conn, ws.CodeGoingAway)
		service.wantEnd(t)
		watch.wantEnd(t)
	})
}
