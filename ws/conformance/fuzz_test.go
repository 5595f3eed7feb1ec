package conformance_test

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

const offerDeflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n"

// FuzzStream sends any bytes to each side. What comes back must be right frames
// and nothing behind a close frame, and then the end of the stream.
func FuzzStream(f *testing.F) {
	for _, seed := range []string{
		"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", "\x01\x03Hel\x80\x02lo", "\x89\x80\x00\x00\x00\x00\x88\x00", "\x88\x02\x03\xe8",
		"\xc1\x87\x00\x00\x00\x00\xf2\x48\xcd\xc9\xc9\x07\x00", "\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", "\x81\x7e\x00\x01x", "\x81\x02\xc3\x28",
	} {
		for side := range byte(3) {
			f.Add([]byte(seed), side)
		}
	}
	plain, compressed := serve(f, ws.Config{}), serve(f, compressing)
	f.Fuzz(func(t *testing.T, stream []byte, side byte) {
		var p *peer
		switch side % 3 {
		case 0:
			p = plain.connect(t)
		case 1:
			p, _ = compressed.connectWith(t, offerDeflate)
		default:
			p = serveClient(t)
		}
		p.sendsUntilRefused(stream)
		p.checkFrames(side%3 == 1)
	})
}

// sendsUntilRefused sends stream and its end while what comes back is not read
// yet; the other side may leave at any time.
func (p *peer) sendsUntilRefused(stream []byte) {
	_, _ = p.conn.Write(stream)
	_ = p.conn.CloseWrite()
}

// checkFrames reads to the end.
func (p *peer) checkFrames(deflate bool) {
	p.t.Helper()
	text, closed := []byte(nil), false
	for {
		f, err := p.next()
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return
		}
		if err != nil && closed {
			return // a reset, because of what the other side did not read any more
		}
		if err != nil || closed || f.Masked != (p.opposite == client) || f.RSV&^rawframe.RSV1 != 0 || f.RSV != 0 && !deflate {
			p.t.Fatalf("got %v %v, after a close frame: %t", f, err, closed)
		}
		switch f.Opcode {
		case rawframe.Close:
			closed = true
			p.checkCloseBody(f)
		case rawframe.Text:
			if text = []byte(f.Payload); f.RSV == 0 && !f.More && !utf8.Valid(text) {
				p.t.Fatalf("text %q is not UTF-8", text)
			}
		case rawframe.Binary, rawframe.Continuation, rawframe.Pong:
		default:
			p.t.Fatalf("got %v", f)
		}
	}
}

// checkCloseBody wants nothing, or a code that may be sent and a reason in
// UTF-8.
func (p *peer) checkCloseBody(f frame) ws.Code {
	p.t.Helper()
	if f.Payload == "" && !f.More && f.RSV == 0 {
		return ws.CodeNoStatus
	}
	if f.More || f.RSV != 0 || len(f.Payload) < 2 || len(f.Payload) > 125 {
		p.t.Fatalf("got %v, want a close frame", f)
	}
	code := ws.Code(binary.BigEndian.Uint16([]byte(f.Payload)))
	if !code.Sendable() || !utf8.ValidString(f.Payload[2:]) {
		p.t.Fatalf("closed with %s %q", code, f.Payload[2:])
	}
	return code
}

// FuzzCloseBody sends close frames of any body. The answer must be the same
// code, or one that fails the connection.
func FuzzCloseBody(f *testing.F) {
	for _, seed := range []string{"", "\x03", "\x03\xe8", "\x03\xe8bye", "\x03\xed", "\x0f\xa0\xff", "\x13\x88", "\x03\xf6" + strings.Repeat("r", 123)} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	s := serve(f, ws.Config{})
	f.Fuzz(func(t *testing.T, body []byte, toServer bool) {
		if len(body) > 125 {
			body = body[:125]
		}
		p := serveEither(t, s, toServer)
		send(closing(string(body)))(p)
		got, err := p.next()
		if err != nil || got.Opcode != rawframe.Close {
			t.Fatalf("got %v %v", got, err)
		}
		if code, expected := p.checkCloseBody(got), answerTo(body); code != expected {
			t.Errorf("%q was answered with %s, want %s", body, code, expected)
		}
	})
}

func serveEither(t *testing.T, s *subject, toServer bool) *peer {
	t.Helper()
	if toServer {
		return s.connect(t)
	}
	return serveClient(t)
}

// answerTo is the code that answers a close frame of that body.
func answerTo(body []byte) ws.Code {
	if len(body) == 0 {
		return ws.CodeNoStatus
	}
	if len(body) == 1 {
		return ws.CodeProtocolError
	}
	code := ws.Code(binary.BigEndian.Uint16(body))
	switch {
	case code < 1000, code >= 1004 && code <= 1006, code >= 1015 && code < 3000, code >= 5000:
		return ws.CodeProtocolError
	case !utf8.Valid(body[2:]):
		return ws.CodeInvalidData
	default:
		return code
	}
}

// FuzzDeflate sends any bytes as a compressed message. What compress/flate makes
// of it as one stream must come back, and whatever else it is must not harm the
// next message.
func FuzzDeflate(f *testing.F) {
	for _, seed := range []string{
		"\xf2\x48\xcd\xc9\xc9\x07\x00", "\x00", "", helloBlock + helloBlock + "\x00", "\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00",
		deflated(strings.Repeat("\x00", 1<<20), flate.BestSpeed), deflated(strings.Repeat("ab", 100), flate.BestCompression), "\xff\xff", "\x03\x00\x03\x00",
	} {
		f.Add([]byte(seed), 0)
		f.Add([]byte(seed), 3)
	}
	s := serve(f, compressing)
	f.Fuzz(func(t *testing.T, data []byte, at int) {
		if len(data) > limit {
			return
		}
		p, _ := s.connectWith(t, offerDeflate)
		cut := int(uint(at) % uint(len(data)+1))
		send(open(packed(rawframe.Binary, string(data[:cut]))), last(string(data[cut:])))(p)
		if payload, ok := oneStream(data); ok {
			wantInflated(rawframe.Binary, payload)(p)
			lives(p)
			return
		}
		got, err := p.next()
		if err != nil {
			t.Fatal(err)
		}
		if got.Opcode != rawframe.Close {
			lives(p)
			return
		}
		if code := p.checkCloseBody(got); code != ws.CodeInvalidData && code != ws.CodeMessageTooBig {
			t.Errorf("closed with %s", code)
		}
	})
}

// oneStream inflates data if that is one stream without a final block, and not
// over the limit.
func oneStream(data []byte) (payload string, ok bool) {
	in := bytes.NewReader(append(data[:len(data):len(data)], syncTail+"\x01\x00\x00\xff\xff"...))
	out, err := io.ReadAll(io.LimitReader(flate.NewReader(in), limit+1))
	return string(out), err == nil && len(out) <= limit && in.Len() == 0
}
