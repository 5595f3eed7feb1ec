package main

import (
	"testing"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/wstest"
)

func TestShout(t *testing.T) {
	p := wstest.Serve(t, ws.HandlerFuncs{Message: shout}).Connect()
	p.Text("hello word")
	p.AssertText("HELLO WORD")
}
