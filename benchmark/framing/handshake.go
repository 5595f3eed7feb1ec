package framing

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"
)

const (
	handshakeKey = "Z2Z3cyBiZW5jaG1hcmshIQ=="
	acceptGUID   = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
	deflateOffer = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
)

// Handshake opens a WebSocket over conn, a fresh connection to host. deflate
// offers compression without context takeover, and fails where the server does
// not agree to it.
//
// The answer is read byte by byte, so that nothing behind it is lost.
func Handshake(conn io.ReadWriter, host string, deflate bool) error {
	request := "GET /ws HTTP/1.1\r\nHost: " + host +
		"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + handshakeKey + "\r\n"
	if deflate {
		request += "Sec-WebSocket-Extensions: " + deflateOffer + "\r\n"
	}
	if _, err := io.WriteString(conn, request+"\r\n"); err != nil {
		return fmt.Errorf("handshake: %w", err)
	}
	response, err := http.ReadResponse(bufio.NewReaderSize(&single{conn}, 16), nil)
	if err != nil {
		return fmt.Errorf("handshake: %w", err)
	}
	defer response.Body.Close()
	return checkAnswer(response, deflate)
}

func checkAnswer(response *http.Response, deflate bool) error {
	if response.StatusCode != http.StatusSwitchingProtocols {
		return fmt.Errorf("handshake: the server answered %s", response.Status)
	}
	sum := sha1.Sum([]byte(handshakeKey + acceptGUID))
	if got, want := response.Header.Get("Sec-WebSocket-Accept"), base64.StdEncoding.EncodeToString(sum[:]); got != want {
		return fmt.Errorf("handshake: accept is %q instead of %q", got, want)
	}
	agreed := strings.Contains(response.Header.Get("Sec-WebSocket-Extensions"), "permessage-deflate")
	if agreed != deflate {
		return fmt.Errorf("handshake: compression agreed is %t instead of %t", agreed, deflate)
	}
	return nil
}

// single reads one byte at a time.
type single struct{ r io.Reader }

func (s *single) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	return s.r.Read(p[:1])
}
