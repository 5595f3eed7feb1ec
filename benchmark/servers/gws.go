package servers

import (
	"net/http"
	"sync"

	"github.com/lxzan/gws"
)

// gwsEcho is the handler of gws's README.
type gwsEcho struct{ gws.BuiltinEventHandler }

func (gwsEcho) OnMessage(socket *gws.Conn, message *gws.Message) {
	defer message.Close()
	_ = socket.WriteMessage(message.Opcode, message.Bytes())
}

func startGws(o Options) (string, error) {
	return serveGws(o, gwsEcho{})
}

// serveGws is the server of the README, but for its ParallelEnabled, which is
// off by default and would echo out of order.
func serveGws(o Options, handler gws.Event) (string, error) {
	upgrader := gws.NewUpgrader(handler, &gws.ServerOption{
		Recovery:          gws.Recovery,
		PermessageDeflate: gws.PermessageDeflate{Enabled: o.Deflate},
	})
	return startHTTP(o, func(w http.ResponseWriter, r *http.Request) {
		socket, err := upgrader.Upgrade(w, r)
		if err != nil {
			return
		}
		go socket.ReadLoop()
	})
}

// gwsRoom broadcasts with gws's Broadcaster.
type gwsRoom struct {
	gws.BuiltinEventHandler
	mu    sync.Mutex
	conns map[*gws.Conn]struct{}
}

func (r *gwsRoom) OnOpen(socket *gws.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[socket] = struct{}{}
}

func (r *gwsRoom) OnClose(socket *gws.Conn, _ error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, socket)
}

func (r *gwsRoom) OnMessage(_ *gws.Conn, message *gws.Message) {
	defer message.Close()
	// The Broadcaster keeps the payload after this returns.
	broadcaster := gws.NewBroadcaster(message.Opcode, append([]byte{}, message.Bytes()...))
	defer broadcaster.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	for conn := range r.conns {
		_ = broadcaster.Broadcast(conn)
	}
}

func startGwsBroadcast(o Options) (string, error) {
	return serveGws(o, &gwsRoom{conns: make(map[*gws.Conn]struct{})})
}
