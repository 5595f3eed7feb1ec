package rawframe

import (
	"io"
	"net"
	"strings"
)

const handshake = "GET / HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
	"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

// Dial asks the server at a TCP address for a WebSocket connection at /, reads
// its answer without a look at it, and returns the connection behind.
func Dial(address string) (net.Conn, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	if err = shakeHands(conn); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

func shakeHands(conn net.Conn) error {
	if _, err := io.WriteString(conn, handshake); err != nil {
		return err
	}
	var head strings.Builder
	one := make([]byte, 1)
	for !strings.HasSuffix(head.String(), "\r\n\r\n") {
		if _, err := io.ReadFull(conn, one); err != nil {
			return err
		}
		head.Write(one)
	}
	return nil
}
