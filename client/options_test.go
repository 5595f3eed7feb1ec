package client_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

func TestOptionsRefused(t *testing.T) {
	header := func(name, value string) client.Options {
		return client.Options{Header: http.Header{name: {value}}}
	}
	tests := []struct {
		name    string
		options client.Options
		want    string
	}{
		{"negative handshake timeout", client.Options{HandshakeTimeout: -time.Second}, "HandshakeTimeout"},
		{"negative close timeout", client.Options{CloseTimeout: -1}, "CloseTimeout"},
		{"negative limit", client.Options{MaxMessage: -1}, "MaxMessage"},
		{"negative queue", client.Options{MaxQueued: -1}, "MaxQueued"},
		{"negative read buffer", client.Options{ReadBuffer: -1}, "ReadBuffer"},
		{"negative write buffer", client.Options{WriteBuffer: -1}, "WriteBuffer"},
		{"host", header("Host", "s3cret"), "header Host"},
		{"host in lower case", header("host", "s3cret"), "header host"},
		{"connection", header("Connection", "s3cret"), "header Connection"},
		{"upgrade", header("UPGRADE", "s3cret"), "header UPGRADE"},
		{"key", header("sec-websocket-key", "s3cret"), "header sec-websocket-key"},
		{"extensions", header("Sec-WebSocket-Extensions", "permessage-deflate"), "Sec-WebSocket-Extensions"},
		{"protocol", header("Sec-WebSocket-Protocol", "s3cret"), "Sec-WebSocket-Protocol"},
		{"length", header("Content-Length", "5"), "Content-Length"},
		{"encoding", header("Transfer-Encoding", "chunked"), "Transfer-Encoding"},
		{"name with space", header("X Y", "s3cret"), `"X Y"`},
		{"no name", header("", "s3cret"), `""`},
		{"value with line end", header("X-Token", "s3cret\r\nX-Evil: 1"), "X-Token"},
		{"value with zero byte", header("X-Token", "s3cret\x00"), "X-Token"},
		{"origin with line end", client.Options{Origin: "http://s3cret\r\n"}, "origin"},
		{"origin twice", client.Options{Origin: "http://a", Header: http.Header{"Origin": {"http://s3cret"}}}, "twice"},
		{"subprotocol with comma", client.Options{Subprotocols: []string{"a,b"}}, `"a,b"`},
		{"empty subprotocol", client.Options{Subprotocols: []string{""}}, `""`},
		{"subprotocol twice", client.Options{Subprotocols: []string{"a", "b", "a"}}, `"a"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := dialFails(t, testContext(t), "ws://127.0.0.1:1/ws?token=s3cret", test.options)
			wantStage(t, err, client.StageOptions)
			if !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("text %q, want %q in it", err, test.want)
			}
			if gerror.Code(err) != gcode.CodeInvalidParameter {
				t.Errorf("code %v", gerror.Code(err))
			}
		})
	}
}

// Dial must neither keep nor change what it is given.
func TestOptionsAreNotChanged(t *testing.T) {
	options := direct()
	options.Header = http.Header{"X-A": {"1"}}
	options.Origin = "https://example.com"
	options.TLS = insecureTLS()
	conn := dial(t, serve(t, echo), options)
	conn.CloseNow()
	if len(options.Header) != 1 || options.TLS.ServerName != "" || options.TLS.NextProtos != nil || options.MaxMessage != 0 {
		t.Errorf("options are now %+v", options)
	}
}
