package servers

import (
	"net/http"
	"sync"

	"github.com/gorilla/websocket"
)

// startGorilla is the echo example of gorilla/websocket.
func startGorilla(o Options) (string, error) {
	upgrader := websocket.Upgrader{EnableCompression: o.Deflate}
	return startHTTP(o, func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		echoGorilla(conn)
	})
}

func echoGorilla(conn *websocket.Conn) {
	defer conn.Close()
	for {
		messageType, message, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if err = conn.WriteMessage(messageType, message); err != nil {
			return
		}
	}
}

// startGorillaBroadcast writes one prepared message to each connection in turn,
// the simplest thing that is right.
func startGorillaBroadcast(o Options) (string, error) {
	all := &gorillaRoom{conns: make(map[*websocket.Conn]struct{})}
	upgrader := websocket.Upgrader{}
	return startHTTP(o, func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer conn.Close()
		all.join(conn)
		defer all.leave(conn)
		for {
			messageType, message, err := conn.ReadMessage()
			if err != nil {
				return
			}
			if err = all.send(messageType, message); err != nil {
				return
			}
		}
	})
}

type gorillaRoom struct {
	mu    sync.Mutex
	conns map[*websocket.Conn]struct{}
}

func (r *gorillaRoom) join(conn *websocket.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[conn] = struct{}{}
}

func (r *gorillaRoom) leave(conn *websocket.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, conn)
}

// send holds the lock, since gorilla allows one writer a connection. The reader
// of one that cannot be written to finds out and leaves.
func (r *gorillaRoom) send(messageType int, message []byte) error {
	prepared, err := websocket.NewPreparedMessage(messageType, message)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for conn := range r.conns {
		_ = conn.WritePreparedMessage(prepared)
	}
	return nil
}
