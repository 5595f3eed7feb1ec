package servers

import (
	"errors"
	"net/http"

	"github.com/lesismal/nbio/logging"
	"github.com/lesismal/nbio/nbhttp"
	"github.com/lesismal/nbio/nbhttp/websocket"
)

// startNbio has nbio's blocking mode, a goroutine a connection as the others
// have. Its non-blocking mode idles with less and echoes slower.
func startNbio(o Options) (string, error) {
	if o.secure() {
		return "", errors.New("TLS is not set up for nbio")
	}
	logging.SetLevel(logging.LevelError)
	upgrader := websocket.NewUpgrader()
	upgrader.EnableCompression(o.Deflate)
	upgrader.OnMessage(func(c *websocket.Conn, messageType websocket.MessageType, data []byte) {
		_ = c.WriteMessage(messageType, data)
	})
	mux := http.NewServeMux()
	mux.HandleFunc("/ws", func(w http.ResponseWriter, r *http.Request) {
		_, _ = upgrader.Upgrade(w, r, nil)
	})
	addresses := []string{loopback}
	engine := nbhttp.NewEngine(nbhttp.Config{
		Network: "tcp",
		Addrs:   addresses,
		Handler: mux,
		IOMod:   nbhttp.IOModBlocking,
	})
	if err := engine.Start(); err != nil {
		return "", err
	}
	return addresses[0], nil
}
