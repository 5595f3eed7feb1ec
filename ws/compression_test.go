package ws_test

import (
	"bytes"
	"compress/flate"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

var compressing = ws.Config{Compression: ws.CompressionConfig{Enabled: true}}

const offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n"

// deflated compresses text as RFC 7692 section 7.2.1 says.
func deflated(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err = w.Flush(); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(out.String(), "\x00\x00\xff\xff")
}

func inflated(t *testing.T, data string) string {
	t.Helper()
	text, err := io.ReadAll(flate.NewReader(strings.NewReader(data + "\x00\x00\xff\xff\x01\x00\x00\xff\xff")))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestDeflateNegotiation(t *testing.T) {
	const answer = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
	tests := []struct{ name, offer, want string }{
		{"plain", "permessage-deflate", answer},
		{"as Chromium offers", "permessage-deflate; client_max_window_bits", answer},
		{"no takeover", "permessage-deflate; server_no_context_takeover; client_no_context_takeover", answer},
		{"client window", "permessage-deflate; client_max_window_bits=10", answer},
		{"quoted client window", `permessage-deflate; client_max_window_bits="10"`, answer},
		{"largest server window", "permessage-deflate; server_max_window_bits=15", answer},
		{"small server window", "permessage-deflate; server_max_window_bits=10", ""},
		{"small server window, then plain", "permessage-deflate; server_max_window_bits=10, permessage-deflate", answer},
		{"window out of range", "permessage-deflate; client_max_window_bits=16", ""},
		{"window with a leading zero", "permessage-deflate; client_max_window_bits=08", ""},
		{"parameter twice", "permessage-deflate; client_no_context_takeover; client_no_context_takeover", ""},
		{"value where there is none", "permessage-deflate; client_no_context_takeover=1", ""},
		{"unknown parameter", "permessage-deflate; x=1", ""},
		{"another extension", "permessage-bzip2", ""},
	}
	s := serve(t, compressing, echo)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, header := s.connectWith(t, "Sec-WebSocket-Extensions: "+tt.offer+"\r\n")
			if got := header.Get("Sec-WebSocket-Extensions"); got != tt.want {
				t.Errorf("answered %q, want %q", got, tt.want)
			}
		})
	}
	plain := serve(t, ws.Config{}, echo)
	if _, header := plain.connectWith(t, offer); header.Get("Sec-WebSocket-Extensions") != "" {
		t.Error("compression is on by default")
	}
}

// TestDeflateEcho sends compressed messages; answers are compressed from the
// threshold on.
func TestDeflateEcho(t *testing.T) {
	s := serve(t, compressing, echo)
	tests := []struct {
		name string
		text string
		rsv  byte // of the answer
	}{
		{"empty", "", 0},
		{"below the threshold", strings.Repeat("世", 100), 0},
		{"at the threshold", strings.Repeat("x", ws.DefaultCompressionThreshold), 4},
		{"large", strings.Repeat("0123456789", 5000), 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := s.connectWith(t, offer)
			data := deflated(t, tt.text)
			half := len(data) / 2
			p.sendFrames(frame{rsv: 4, opcode: opText, payload: data[:half]}, frame{fin: true, opcode: opContinuation, payload: data[half:]})
			got := p.read()
			rsv, whole := got.rsv, got.payload
			for !got.fin {
				got = p.read()
				whole += got.payload
			}
			if rsv != tt.rsv {
				t.Errorf("reserved bits %d, want %d", rsv, tt.rsv)
			}
			if rsv == 4 {
				whole = inflated(t, whole)
			}
			if whole != tt.text {
				t.Errorf("got %d bytes back, want %d", len(whole), len(tt.text))
			}
		})
	}
}

func TestDeflateBreaksRules(t *testing.T) {
	s := serve(t, compressing, echo)
	tests := []struct {
		name   string
		frames []frame
		code   ws.Code
	}{
		{"RSV1 on a continuation", []frame{
			{rsv: 4, opcode: opText, payload: deflated(t, "x")}, {fin: true, rsv: 4, opcode: opContinuation},
		}, ws.CodeProtocolError},
		{"RSV1 on a ping", []frame{{fin: true, rsv: 4, opcode: opPing}}, ws.CodeProtocolError},
		{"corrupt data", []frame{{fin: true, rsv: 4, opcode: opBinary, payload: "\xff\xff\xff\xff"}}, ws.CodeInvalidData},
		{"text that is not UTF-8 when inflated", []frame{{fin: true, rsv: 4, opcode: opText, payload: deflated(t, "a\xffb")}}, ws.CodeInvalidData},
		{"bomb", []frame{{fin: true, rsv: 4, opcode: opBinary, payload: deflated(t, strings.Repeat("\x00", 4<<20))}}, ws.CodeMessageTooBig},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := s.connectWith(t, offer)
			p.sendFrames(tt.frames...)
			reason := p.checkClose(p.read(), tt.code)
			if tt.code == ws.CodeMessageTooBig && !strings.Contains(reason, "65536") {
				t.Errorf("reason %q does not name the limit", reason)
			}
			_ = p.conn.Close()
		})
	}
}

// TestDeflateBombStaysSmall counts what a bomb of 1000 to 1 allocates.
func TestDeflateBombStaysSmall(t *testing.T) {
	s := serve(t, compressing, echo)
	bomb := frame{fin: true, rsv: 4, opcode: opBinary, payload: deflated(t, strings.Repeat("\x00", 16<<20))}.bytes()
	detonate := func() {
		p, _ := s.connectWith(t, offer)
		p.send(bomb)
		p.checkClose(p.read(), ws.CodeMessageTooBig)
		_ = p.conn.Close()
		waitFor(t, "OnClose", s.closed)
	}
	detonate() // fills the pools
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	detonate()
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
		t.Errorf("a bomb of %d bytes allocated %d bytes in all, want less than 1 MiB", len(bomb), used)
	}
}
