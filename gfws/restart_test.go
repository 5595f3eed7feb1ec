package gfws_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
)

// again stops the host and starts it once more, which ghttp allows.
func (h *host) again() {
	h.t.Helper()
	h.stop()
	waitFor(h.t, "ghttp to have stopped", func() bool { return h.Start() == nil })
	h.awaitServing()
}

// TestServerStartsAgain serves new sessions after each stop, with the
// configuration of the day.
func TestServerStartsAgain(t *testing.T) {
	plugin := gfws.New(gfws.Console("/console"))
	h := startHost(t, plugin)
	old := plugin.Hub()
	h.dial("/ws").closeWith(websocket.CloseNormalClosure, "")
	withConfiguration(t, "websocket:\n  message: {maxSize: 5}\n  origin: {required: true}")
	for range 3 {
		h.again()
		if plugin.Hub() == old || gfws.Instance() != plugin {
			t.Fatal("the instance is the old one")
		}
		p := h.dial("/ws", "Origin", "http://"+h.addr)
		p.echo(websocket.TextMessage, "12345")
		p.send(websocket.TextMessage, "123456")
		p.expectClose(websocket.CloseMessageTooBig, "5")
		if p, res, _ := h.tryDial("/ws"); p != nil || res.StatusCode != http.StatusForbidden {
			t.Errorf("origin.required does not hold: %s", res.Status)
		}
		_, body := h.ask(http.MethodGet, "/console/settings.json")
		if got := gjson.New(body).Get("data.maxMessageBytes").Int(); got != 5 {
			t.Errorf("the page is told %d", got)
		}
	}
}

// TestServerStartsAgainWithOtherPaths is what ghttp has no way for.
func TestServerStartsAgainWithOtherPaths(t *testing.T) {
	plugin := gfws.New()
	h := startHost(t, plugin)
	h.stop()
	withConfiguration(t, "websocket:\n  paths: [/new]")
	err := plugin.Install(h.Server)
	if err == nil || !strings.Contains(err.Error(), "paths") || !strings.Contains(err.Error(), "new server") {
		t.Errorf("got %v", err)
	}
}

// TestPluginMovesToANewServer installs it again once it was removed.
func TestPluginMovesToANewServer(t *testing.T) {
	plugin := gfws.New()
	first := startHost(t, plugin)
	first.dial("/ws").closeWith(websocket.CloseNormalClosure, "")
	first.stop()
	second := startHost(t, plugin)
	second.dial("/ws").echo(websocket.TextMessage, "second")
	if gfws.InstanceOf(first.Server) != nil || gfws.InstanceOf(second.Server) != plugin {
		t.Error("the instance is at the old server")
	}
}

// TestAcceptAfterARestart makes a new instance for the new sessions.
func TestAcceptAfterARestart(t *testing.T) {
	h := startLoop(t, echoLoop)
	h.dial("/loop").closeWith(websocket.CloseNormalClosure, "")
	h.again()
	p := h.dial("/loop")
	p.echo(websocket.TextMessage, "again")
	p.closeWith(websocket.CloseNormalClosure, "")
}
