package servers

import (
	"context"
	"net/http"

	"github.com/coder/websocket"
)

func startCoder(o Options) (string, error) {
	options := &websocket.AcceptOptions{}
	if o.Deflate {
		options.CompressionMode = websocket.CompressionNoContextTakeover
	}
	return startHTTP(o, func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, options)
		if err != nil {
			return
		}
		defer conn.CloseNow()
		echoCoder(r.Context(), conn)
	})
}

func echoCoder(ctx context.Context, conn *websocket.Conn) {
	for {
		messageType, message, err := conn.Read(ctx)
		if err != nil {
			return
		}
		if err = conn.Write(ctx, messageType, message); err != nil {
			return
		}
	}
}
