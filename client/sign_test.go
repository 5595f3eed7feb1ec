package client_test

import (
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/utility/envelope"
	"github.com/gfws/gf-websocket/ws"
)

// TestSigner holds that a server opens what a client has signed, each once.
func TestSigner(t *testing.T) {
	key := []byte("sixteen bytes at least")
	signer, err := client.NewSigner(key)
	if err != nil {
		t.Fatal(err)
	}
	opener, _ := envelope.NewOpener([][]byte{key}, time.Minute)
	for _, m := range []ws.Message{ws.TextMessage("hello"), ws.TextMessage("hello"), ws.BinaryMessage([]byte{0, 255})} {
		signed, err := signer.Sign(m)
		if err != nil || signed.Type != ws.Text {
			t.Fatalf("signed as %v, %v", signed.Type, err)
		}
		data, isBinary, err := opener.Open(signed.Data)
		if err != nil || string(data) != string(m.Data) || isBinary != (m.Type == ws.Binary) {
			t.Errorf("opened %q, binary %v, %v", data, isBinary, err)
		}
	}
	if _, err = signer.Sign(ws.TextMessage("\xff")); err == nil {
		t.Error("text that is none was signed")
	}
	if _, err = client.NewSigner([]byte("short")); err == nil {
		t.Error("a short key was taken")
	}
}
