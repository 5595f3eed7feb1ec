package ws

import (
	"bufio"
	"context"
	"crypto/tls"
	"maps"
	"net"
	"net/http"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/utility/batchconn"
	"github.com/gfws/gf-websocket/utility/framescan"
	"github.com/gfws/gf-websocket/utility/lazyread"
)

const (
	// lazyReaderSize is the buffer that an open session keeps for reading, when a
	// larger one is borrowed as soon as there is something to read. gorilla takes
	// none below 257.
	lazyReaderSize = 320
	// readerSize is that buffer where nothing is borrowed.
	readerSize = 1 << 10
	// writerSize is gorilla's write buffer, borrowed while a frame is written. A
	// larger message takes a second write, which only copies.
	writerSize = 4 << 10
	// controlRoom is what control frames may queue beyond QueueBytes.
	controlRoom = 4 << 10
)

// upgrade answers the handshake and returns a session that nobody reads yet.
func (h *Hub) upgrade(ctx context.Context, w http.ResponseWriter, r *http.Request, opening Opening) (*Session, error) {
	if err := CheckHandshake(r); err != nil {
		return nil, err
	}
	deflate := h.config.Compression.Enabled && acceptsDeflate(r.Header)
	hijacker := &hijacker{ResponseWriter: w, hub: h, deflate: deflate}
	upgrader := websocket.Upgrader{
		Subprotocols:      h.config.Subprotocols,
		WriteBufferPool:   &h.frames,
		WriteBufferSize:   writerSize,
		EnableCompression: deflate,
		CheckOrigin:       func(*http.Request) bool { return true },
		Error:             func(http.ResponseWriter, *http.Request, int, error) {},
	}
	conn, err := upgrader.Upgrade(hijacker, readableRequest(r, deflate), opening.Header)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeOperationFailed, err, "upgrade to websocket failed")
	}
	if err = hijacker.out.Drain(h.config.HandshakeTimeout); err != nil {
		_ = hijacker.out.Close()
		return nil, gerror.WrapCode(gcode.CodeOperationFailed, err, "answer to the handshake was not taken")
	}
	if err = conn.SetCompressionLevel(h.config.Compression.Level); err != nil {
		_ = hijacker.out.Close()
		return nil, gerror.WrapCode(gcode.CodeInvalidConfiguration, err, "compression level")
	}
	handshake := HandshakeOf(r)
	handshake.Subprotocol = strings.Clone(conn.Subprotocol())
	if opening.ClientAddr.IsValid() {
		handshake.ClientAddr = opening.ClientAddr
	}
	return newSession(ctx, h, conn, hijacker, handshake), nil
}

// readableRequest returns r in words that gorilla reads as we do: it looks at
// the first line of subprotocols only, and parses extensions in a way of its
// own.
func readableRequest(r *http.Request, deflate bool) *http.Request {
	subprotocols := r.Header["Sec-Websocket-Protocol"]
	if len(subprotocols) < 2 && !deflate {
		return r
	}
	readable := *r
	readable.Header = maps.Clone(r.Header)
	readable.Header.Set("Sec-Websocket-Protocol", strings.Join(subprotocols, ","))
	if deflate {
		readable.Header.Set("Sec-Websocket-Extensions", "permessage-deflate")
	}
	return &readable
}

// hijacker takes the connection over for gorilla, with our writer beneath it
// and a small reader instead of the server's.
type hijacker struct {
	http.ResponseWriter
	hub     *Hub
	deflate bool
	out     *wire
	reader  *bufio.Reader
}

// Hijack implements [http.Hijacker].
func (j *hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(j.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	if rw.Reader.Buffered() > 0 {
		_ = conn.Close()
		return nil, nil, gerror.NewCode(gcode.CodeInvalidRequest, "data was sent before the handshake was answered")
	}
	limit := 0
	if j.hub.config.QueueBytes != Unlimited {
		limit = int(j.hub.config.QueueBytes) + controlRoom
	}
	j.out = &wire{
		Conn: batchconn.New(conn, batchconn.Options{
			MaxPending:   limit,
			WriteTimeout: j.hub.config.WriteTimeout,
			Buffers:      &j.hub.buffers,
		}),
		in: lazyread.New(conn, &j.hub.chunks),
		scanner: framescan.New(framescan.Options{
			Masked:       true,
			MaxMessage:   j.hub.config.MaxMessage,
			MaxFragments: j.hub.config.MaxFragments,
			Deflate:      j.deflate,
		}),
	}
	j.reader = bufio.NewReaderSize(j.out, j.readerSize())
	return j.out, bufio.NewReadWriter(j.reader, rw.Writer), nil
}

// readerSize is small where a larger buffer is behind it: one that is borrowed,
// or that of TLS.
func (j *hijacker) readerSize() int {
	if _, secure := j.out.Conn.Conn.(*tls.Conn); secure || j.out.in.Waits() {
		return lazyReaderSize
	}
	return readerSize
}
