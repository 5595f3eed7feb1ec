package ws

import (
	"encoding/binary"
	"runtime"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/utility/batchconn"
	"github.com/gfws/gf-websocket/utility/framescan"
	"github.com/gfws/gf-websocket/utility/lazyread"
)

const (
	finBit    = 0x80
	rsv1Bit   = 0x40 // the message is compressed, RFC 7692 section 6
	closeByte = finBit | websocket.CloseMessage
)

// wire is the connection as gorilla sees it. What comes in passes the scanner.
// What goes out loses the close frames that gorilla writes by itself when it
// meets a bad frame: the session sends its own, with its own code and reason, by
// sendClose.
//
// gorilla writes one frame at a time, so wire follows them without a lock.
type wire struct {
	*batchconn.Conn
	in      *lazyread.Reader
	scanner framescan.Scanner
	plain   plainReader
	waits   uint8 // calls of wait
	end     error // what the scanner ended the reading with
	rest    int   // what is still to come of the frame being written
}

// yieldsOf is of how many waits one lets nobody else run first.
const yieldsOf = 4

// wait returns when there is something to read or an error to meet.
func (w *wire) wait() {
	if w.in.Buffered() > 0 || w.end != nil {
		return
	}
	_ = w.Flush() // who waits must not hold back what the peer may wait for
	// Under load the peer's next message is here once the others have had their
	// turn. Then the read that finds nothing, the parking and the waking are
	// spared. Sessions that always did so would keep the scheduler from looking
	// at the network, so that those who wait there would wait for long.
	if w.waits++; w.waits%yieldsOf != 0 {
		runtime.Gosched()
	}
	w.in.Wait()
}

// Read implements [net.Conn].
func (w *wire) Read(p []byte) (int, error) {
	for w.end == nil {
		n, err := w.readRaw(p)
		good, end := w.scanner.Scan(p[:n])
		w.end = end
		if good > 0 || end == nil && (err != nil || n == 0) {
			return good, err
		}
	}
	return 0, w.end
}

// readRaw reads without judging.
func (w *wire) readRaw(p []byte) (int, error) {
	if w.in.Buffered() == 0 {
		_ = w.Flush() // who waits must not hold back what the peer may wait for
	}
	return w.in.Read(p)
}

// Write implements [net.Conn].
func (w *wire) Write(p []byte) (int, error) {
	if w.rest > 0 {
		w.rest -= len(p)
		return w.Conn.Write(p)
	}
	if len(p) > 0 && p[0] == closeByte {
		return len(p), nil
	}
	if len(p) > 1 && p[0] != httpByte {
		w.rest = frameSize(p) - len(p)
	}
	return w.Conn.Write(p)
}

// httpByte begins the answer to the handshake, "HTTP/1.1 101", and no frame:
// its reserved bits are set.
const httpByte = 'H'

// frameSize returns how long the frame is that begins with p. A server's frames
// have no mask.
func frameSize(p []byte) int {
	switch n := int(p[1]); n {
	case 126:
		return 4 + int(binary.BigEndian.Uint16(p[2:]))
	case 127:
		return 10 + int(binary.BigEndian.Uint64(p[2:]))
	default:
		return 2 + n
	}
}

// sendMessage writes m in one plain frame. gorilla would do the same with a copy
// and two allocations more; it still frames what is compressed.
func (w *wire) sendMessage(m Message) error {
	var head [framescan.MaxHeader]byte
	header := appendHeader(head[:0], finBit|byte(m.Type), len(m.Data))
	return w.Conn.WriteMessage(header, m.Data)
}

// appendHeader appends the header of a frame whose first byte and length are
// given. A server's frames have no mask.
func appendHeader(header []byte, first byte, n int) []byte {
	switch {
	case n < 126:
		return append(header, first, byte(n))
	case n <= 0xffff:
		return binary.BigEndian.AppendUint16(append(header, first, 126), uint16(n))
	default:
		return binary.BigEndian.AppendUint64(append(header, first, 127), uint64(n))
	}
}

// sendClose writes a close frame; payload is its body, at most 125 bytes.
func (w *wire) sendClose(payload []byte) error {
	_, err := w.Conn.Write(append([]byte{closeByte, byte(len(payload))}, payload...))
	return err
}
