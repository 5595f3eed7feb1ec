package conformance_test

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// role is which side of the connection is under test.
type role string

const (
	server role = "server"
	client role = "client"
)

// peer is the raw side of a connection.
type peer struct {
	t        testing.TB
	opposite role // who is under test
	conn     *net.TCPConn
	in       *bufio.Reader
	told     <-chan ws.Code // what the host's code is told of the end
}

func newPeer(t testing.TB, opposite role, conn net.Conn, in *bufio.Reader, told <-chan ws.Code) *peer {
	t.Helper()
	_ = conn.SetDeadline(time.Now().Add(patience))
	return &peer{t, opposite, conn.(*net.TCPConn), in, told}
}

// frame is a frame as a test writes it; who must mask does.
type frame = rawframe.Frame

// step is one thing that the raw side does or expects.
type step func(*peer)

// exchange is one case: the name says what happens, the steps what must come of
// it.
type exchange struct {
	name  string
	only  role // empty for both
	steps []step
}

func (p *peer) write(data []byte) {
	p.t.Helper()
	if _, err := p.conn.Write(data); err != nil {
		p.t.Fatalf("write: %v", err)
	}
}

func (p *peer) next() (rawframe.Frame, error) { return rawframe.Read(p.in) }

// encode masks frames where this side must.
func (p *peer) encode(frames []frame) []byte {
	var all []byte
	for _, f := range frames {
		f.Masked = p.opposite == server
		f.Key = [4]byte{0x37, 0xfa, 0x21, 0x3d}
		all = append(all, f.Bytes()...)
	}
	return all
}

// send sends frames in one write.
func send(frames ...frame) step {
	return func(p *peer) { p.write(p.encode(frames)) }
}

// sendBytewise sends frames in writes of one byte.
func sendBytewise(frames ...frame) step {
	return func(p *peer) {
		for _, b := range p.encode(frames) {
			p.write([]byte{b})
		}
	}
}

// sendCut sends frames in two writes.
func sendCut(at int, frames ...frame) step {
	return func(p *peer) {
		all := p.encode(frames)
		p.write(all[:at])
		p.write(all[at:])
	}
}

// sendRaw sends bytes as they are.
func sendRaw(data string) step {
	return func(p *peer) { p.write([]byte(data)) }
}

// want expects exactly these frames to come next.
func want(frames ...frame) step {
	return func(p *peer) {
		p.t.Helper()
		for _, f := range frames {
			got, err := p.next()
			if err != nil {
				p.t.Fatalf("got %v, want frame %v", err, f)
			}
			if got.Masked != (p.opposite == client) {
				p.t.Fatalf("frame %v of a %s: masks are the client's duty alone", got, p.opposite)
			}
			got.Masked, got.Key = false, [4]byte{}
			if got != f {
				p.t.Fatalf("got frame %v, want %v", got, f)
			}
		}
	}
}

// wantMessage expects a message, in as many fragments as the other side likes
// (RFC 6455 section 5.4 leaves that to the sender).
func wantMessage(opcode byte, payload string) step {
	return func(p *peer) {
		p.t.Helper()
		first, err := p.next()
		if err != nil || first.Opcode != opcode || first.RSV != 0 {
			p.t.Fatalf("got %v %v, want a message of opcode %d", first, err, opcode)
		}
		got := first.Payload
		for f := first; f.More; got += f.Payload {
			if f, err = p.next(); err != nil || f.Opcode != rawframe.Continuation || f.RSV != 0 {
				p.t.Fatalf("got %v %v, want a continuation", f, err)
			}
		}
		if got != payload {
			p.t.Fatalf("got %d bytes, want %d: %.80q", len(got), len(payload), got)
		}
	}
}

// fails expects the other side to fail the connection (RFC 6455 section 7.1.7)
// with code, in a close frame of its own and nothing before it.
func fails(code ws.Code) step {
	return func(p *peer) {
		p.t.Helper()
		f, err := p.next()
		if err != nil || f.Opcode != rawframe.Close || f.More || f.RSV != 0 || len(f.Payload) < 2 || len(f.Payload) > 125 {
			p.t.Fatalf("got %v %v, want a close frame with %s", f, err, code)
		}
		got := ws.Code(binary.BigEndian.Uint16([]byte(f.Payload)))
		if got != code || !utf8.ValidString(f.Payload[2:]) {
			p.t.Fatalf("closed with %s %q, want %s", got, f.Payload[2:], code)
		}
		if p.opposite == server {
			ends(p) // the server closes the connection (section 7.1.1)
		}
	}
}

// ends expects the end of the stream, without a reset.
func ends(p *peer) {
	p.t.Helper()
	if f, err := p.next(); !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		p.t.Fatalf("got %v %v, want the end of the stream", f, err)
	}
}

// lives proves that nothing else came and the connection works: a ping is the
// next thing answered.
func lives(p *peer) {
	p.t.Helper()
	send(frame{Opcode: rawframe.Ping, Payload: "still there?"})(p)
	want(frame{Opcode: rawframe.Pong, Payload: "still there?"})(p)
}

// hangsUp ends what this side sends, without a close frame.
func hangsUp(p *peer) { _ = p.conn.CloseWrite() }

// resets breaks the connection.
func resets(p *peer) {
	_ = p.conn.SetLinger(0)
	_ = p.conn.Close()
}

// tells expects the code that the host's code is told.
func tells(code ws.Code) step {
	return func(p *peer) {
		p.t.Helper()
		select {
		case got := <-p.told:
			if got != code {
				p.t.Fatalf("the host was told %s, want %s", got, code)
			}
		case <-time.After(patience):
			p.t.Fatalf("the host was not told of the end")
		}
	}
}
