package client_test

import (
	"fmt"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// The server has the same key under signature.keys, and its handler gets what was
// signed.
func ExampleSigner_Sign() {
	signer, err := client.NewSigner([]byte("0123456789abcdef"))
	if err != nil {
		fmt.Println(err)
		return
	}
	signed, err := signer.Sign(ws.BinaryMessage([]byte{1, 2, 3}))
	fmt.Println(signed.Type, err)
	// Output:
	// text <nil>
}
