package client

import (
	"net"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// maxHandshakeBytes bounds what a server or proxy may send before the handshake
// is done, TLS certificates included: net/http's reader of answers has no bound
// of its own.
const maxHandshakeBytes = 256 << 10

// wire is the network connection at the bottom, under TLS where there is any.
// During the handshake it bounds what is read.
type wire struct {
	net.Conn
	bounded bool
	left    int // bytes that may still be read while bounded
}

func newWire(conn net.Conn) *wire {
	return &wire{Conn: conn, bounded: true, left: maxHandshakeBytes}
}

// Read implements net.Conn.
func (w *wire) Read(p []byte) (int, error) {
	if !w.bounded {
		return w.Conn.Read(p)
	}
	if w.left == 0 {
		return 0, gerror.NewCodef(gcode.CodeOperationFailed,
			"more than %d bytes during the handshake", maxHandshakeBytes)
	}
	if len(p) > w.left {
		p = p[:w.left]
	}
	n, err := w.Conn.Read(p)
	w.left -= n
	return n, err
}

// unbind lifts the bound once the handshake is done. It must not run together
// with Read.
func (w *wire) unbind() { w.bounded = false }
