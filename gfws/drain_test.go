package gfws_test

import (
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
)

// TestDrainIsTold holds that the log says once how an instance was left.
func TestDrainIsTold(t *testing.T) {
	log := &logs{}
	plugin := gfws.New(gfws.Name("chat"), gfws.Logger(log.logger()), quickDrain(patience))
	h := startHost(t, plugin)
	h.dial("/chat").closeWith(websocket.CloseNormalClosure, "") // before it, so not of it
	waitFor(t, "the first to be gone", func() bool { return plugin.Hub().Len() == 0 })
	rude := h.dial("/chat")
	rude.SetCloseHandler(func(int, string) error { return nil })
	for _, p := range []*peer{rude, h.dial("/chat"), h.dial("/chat")} {
		go func() {
			_, _, _ = p.ReadMessage()
			_ = p.Close()
		}()
	}
	for range 3 {
		if err := plugin.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
	}
	h.stop()
	const want = `websocket action=drained instance="chat" closed=2 cut=1`
	if said := log.String(); strings.Count(said, want) != 1 || strings.Count(said, "action=drained") != 1 {
		t.Errorf("the log has %q, want %q once", said, want)
	}
}
