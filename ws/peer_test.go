package ws_test

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

const (
	opContinuation = 0x0
	opText         = 0x1
	opBinary       = 0x2
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xA
)

// frame is one frame as it stands on the wire.
type frame struct {
	fin     bool
	rsv     byte // the three reserved bits, 4 is RSV1
	opcode  byte
	bare    bool // not masked
	payload string
}

// bytes encodes f as a client does.
func (f frame) bytes() []byte {
	first := f.opcode | f.rsv<<4
	if f.fin {
		first |= 0x80
	}
	mask := byte(0x80)
	if f.bare {
		mask = 0
	}
	out := []byte{first}
	switch n := len(f.payload); {
	case n < 126:
		out = append(out, mask|byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, mask|126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, mask|127), uint64(n))
	}
	if f.bare {
		return append(out, f.payload...)
	}
	key := [4]byte{0x12, 0x34, 0x56, 0x78}
	out = append(out, key[:]...)
	for i := range len(f.payload) {
		out = append(out, f.payload[i]^key[i%4])
	}
	return out
}

// peer is a client of raw bytes.
type peer struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

// connect opens a connection and does the handshake.
func (s *server) connect(t *testing.T) *peer {
	t.Helper()
	p, _ := s.connectWith(t, "")
	return p
}

// connectWith is connect with more header lines; it returns the answer's header.
func (s *server) connectWith(t *testing.T, lines string) (*peer, http.Header) {
	t.Helper()
	p := newPeer(t, s.dialRaw(t), patience)
	p.send([]byte("GET / HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + lines + "\r\n"))
	response, err := http.ReadResponse(p.in, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("handshake answered %s", response.Status)
	}
	return p, response.Header
}

func (p *peer) send(data []byte) {
	p.t.Helper()
	if _, err := p.conn.Write(data); err != nil {
		p.t.Fatal(err)
	}
}

func (p *peer) sendFrames(frames ...frame) {
	p.t.Helper()
	var all []byte
	for _, f := range frames {
		all = append(all, f.bytes()...)
	}
	p.send(all)
}

// read returns the next frame; it fails the test at the end of the stream.
func (p *peer) read() frame {
	p.t.Helper()
	f, err := p.next()
	if err != nil {
		p.t.Fatalf("no frame: %v", err)
	}
	return f
}

func (p *peer) next() (frame, error) {
	var head [2]byte
	if _, err := io.ReadFull(p.in, head[:]); err != nil {
		return frame{}, err
	}
	f := frame{fin: head[0]&0x80 != 0, rsv: head[0] >> 4 & 7, opcode: head[0] & 0xF, bare: head[1]&0x80 == 0}
	n := uint64(head[1] & 0x7F)
	switch n {
	case 126:
		var wide [2]byte
		if _, err := io.ReadFull(p.in, wide[:]); err != nil {
			return f, err
		}
		n = uint64(binary.BigEndian.Uint16(wide[:]))
	case 127:
		var wide [8]byte
		if _, err := io.ReadFull(p.in, wide[:]); err != nil {
			return f, err
		}
		n = binary.BigEndian.Uint64(wide[:])
	}
	payload := make([]byte, n)
	_, err := io.ReadFull(p.in, payload)
	f.payload = string(payload)
	return f, err
}

// expect reads a frame and compares it.
func (p *peer) expect(want frame) {
	p.t.Helper()
	want.bare = true
	if got := p.read(); got != want {
		p.t.Fatalf("got frame %+v, want %+v", got, want)
	}
}

// expectClose reads up to the close frame, compares its code, and returns its
// reason; then the server must close the connection without a reset.
func (p *peer) expectClose(code ws.Code) string {
	p.t.Helper()
	f := p.read()
	for f.opcode != opClose {
		f = p.read()
	}
	reason := p.checkClose(f, code)
	if _, err := p.next(); !errors.Is(err, io.EOF) {
		p.t.Fatalf("after the close frame: got %v, want the end of the stream", err)
	}
	return reason
}

func (p *peer) checkClose(f frame, code ws.Code) string {
	p.t.Helper()
	if code == ws.CodeNoStatus {
		if f.payload != "" {
			p.t.Fatalf("close frame carries %q, want nothing", f.payload)
		}
		return ""
	}
	if len(f.payload) < 2 {
		p.t.Fatalf("close frame carries %q, want code %d", f.payload, code)
	}
	if got := ws.Code(binary.BigEndian.Uint16([]byte(f.payload))); got != code {
		p.t.Fatalf("closed with %d %q, want %d", got, f.payload[2:], code)
	}
	return f.payload[2:]
}

// closePayload is the body of a close frame.
func closePayload(code ws.Code, reason string) string {
	return string(binary.BigEndian.AppendUint16(nil, uint16(code))) + reason
}
