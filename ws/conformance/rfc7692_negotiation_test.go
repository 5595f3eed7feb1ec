package conformance_test

import (
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// negotiation is what a client offers and what is answered.
type negotiation struct {
	offer  string // header values, one a line
	agreed bool
}

// deflateAnswer is the only answer there is: both sides begin each message with
// an empty window (RFC 7692 sections 7.1.1.1 and 7.1.1.2 let a server ask for
// both), which keeps the memory of a session small.
const deflateAnswer = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"

// negotiations covers RFC 7692 sections 5 and 7.1. An offer with a parameter
// that is unknown, doubled, or has a bad value is declined (section 7.1), and so
// is one that wants what we do not do: a smaller window for what we send.
func negotiations() []negotiation {
	return []negotiation{
		{"permessage-deflate", true},
		{"permessage-deflate; client_max_window_bits", true},
		{"permessage-deflate; client_max_window_bits=8", true},
		{"permessage-deflate; client_max_window_bits=15", true},
		{`permessage-deflate; client_max_window_bits="10"`, true},
		{`permessage-deflate; client_max_window_bits="1\0"`, true},
		{"permessage-deflate;client_max_window_bits;server_no_context_takeover", true},
		{"permessage-deflate ; client_max_window_bits = 10", true},
		{"permessage-deflate; server_no_context_takeover", true},
		{"permessage-deflate; client_no_context_takeover", true},
		{"permessage-deflate; client_no_context_takeover; server_no_context_takeover", true},
		{"permessage-deflate; server_max_window_bits=15", true},
		{"permessage-deflate; server_max_window_bits=15; client_max_window_bits=15", true},
		{"x-unknown, permessage-deflate", true},
		{"x-unknown; a=b; c=\"d\", permessage-deflate; client_max_window_bits", true},
		{"x-unknown\npermessage-deflate", true},
		{"permessage-deflate; server_max_window_bits=8, permessage-deflate", true},
		{"permessage-deflate; x, permessage-deflate; client_max_window_bits=9", true},
		{", permessage-deflate,", true},
		{"permessage-deflate; server_max_window_bits=8", false},
		{"permessage-deflate; server_max_window_bits=14", false},
		{"permessage-deflate; server_max_window_bits", false},
		{"permessage-deflate; server_max_window_bits=16", false},
		{"permessage-deflate; server_max_window_bits=7", false},
		{"permessage-deflate; server_max_window_bits=015", false},
		{"permessage-deflate; client_max_window_bits=7", false},
		{"permessage-deflate; client_max_window_bits=16", false},
		{"permessage-deflate; client_max_window_bits=0", false},
		{"permessage-deflate; client_max_window_bits=08", false},
		{"permessage-deflate; client_max_window_bits=+8", false},
		{"permessage-deflate; client_max_window_bits=ten", false},
		{"permessage-deflate; client_max_window_bits; client_max_window_bits", false},
		{"permessage-deflate; client_max_window_bits=8; client_max_window_bits=8", false},
		{"permessage-deflate; server_no_context_takeover=1", false},
		{"permessage-deflate; client_no_context_takeover=true", false},
		{"permessage-deflate; server_no_context_takeover; server_no_context_takeover", false},
		{"permessage-deflate; unknown", false},
		{"permessage-deflate; unknown=1", false},
		{"permessage-deflate; Client_Max_Window_Bits", false},
		{"Permessage-Deflate", false},
		{"permessage-bzip2", false},
		{"permessage-deflates", false},
		{"x-webkit-deflate-frame", false},
	}
}

var compressing = ws.Config{Compression: ws.CompressionConfig{Enabled: true, Threshold: 64}}

func TestNegotiations(t *testing.T) {
	s := serve(t, compressing)
	plain := serve(t, ws.Config{})
	for _, c := range negotiations() {
		t.Run(c.offer, func(t *testing.T) {
			header := "Sec-WebSocket-Extensions: " + strings.ReplaceAll(c.offer, "\n", "\r\nSec-WebSocket-Extensions: ") + "\r\n"
			wantAnswer := ""
			if c.agreed {
				wantAnswer = deflateAnswer
			}
			p, answered := s.connectWith(t, header)
			if got := strings.Join(answered["Sec-Websocket-Extensions"], ", "); got != wantAnswer {
				t.Fatalf("answered %q, want %q", got, wantAnswer)
			}
			// What was agreed on must be honoured, and nothing else.
			send(packed(rawframe.Text, "\xf2\x48\xcd\xc9\xc9\x07\x00"))(p)
			if c.agreed {
				want(text("Hello"))(p)
			} else {
				fails(ws.CodeProtocolError)(p)
			}
			if _, answered = plain.connectWith(t, header); len(answered["Sec-Websocket-Extensions"]) != 0 {
				t.Error("answered although it is off")
			}
		})
	}
}
