package servers

import (
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"
)

// startGoFrame is the loop of GoFrame's documentation.
func startGoFrame(o Options) (string, error) {
	s := newGHTTP()
	if o.Deflate {
		return startGoFrameDeflate(o, s)
	}
	s.BindHandler("/ws", func(r *ghttp.Request) {
		//lint:ignore SA1019 it is what is compared
		conn, err := r.WebSocket()
		if err != nil {
			return
		}
		defer conn.Close()
		for {
			msgType, msg, err := conn.ReadMessage()
			if err != nil {
				return
			}
			if err = conn.WriteMessage(msgType, msg); err != nil {
				return
			}
		}
	})
	return startGHTTP(o, s)
}

// startGoFrameDeflate has an upgrader of its own, as the documentation wants it
// where r.WebSocket, which has no settings, is not enough.
func startGoFrameDeflate(o Options, s *ghttp.Server) (string, error) {
	upgrader := websocket.Upgrader{EnableCompression: true}
	s.BindHandler("/ws", func(r *ghttp.Request) {
		conn, err := upgrader.Upgrade(r.Response.Writer, r.Request, nil)
		if err != nil {
			return
		}
		echoGorilla(conn)
	})
	return startGHTTP(o, s)
}
