package wire

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Conn is a connection on which a test sends any bytes it likes.
type Conn struct {
	net.Conn
	// Reader is what is to be read from.
	Reader *bufio.Reader
}

// Dial connects to a host and port. Everything on the connection must be done
// within limit.
func Dial(address string, limit time.Duration) (*Conn, error) {
	conn, err := net.DialTimeout("tcp", address, limit)
	if err != nil {
		return nil, err
	}
	return New(conn, limit)
}

// New returns a Conn of conn, which it closes on an error. Everything must be
// done within limit.
func New(conn net.Conn, limit time.Duration) (*Conn, error) {
	if err := conn.SetDeadline(time.Now().Add(limit)); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return &Conn{Conn: conn, Reader: bufio.NewReader(conn)}, nil
}

// Handshake returns the lines of a handshake that nothing is wrong with, and
// those of more.
func Handshake(target *url.URL, more ...string) []string {
	return append([]string{
		"GET " + target.RequestURI() + " HTTP/1.1",
		"Host: " + target.Host,
		"Connection: Upgrade",
		"Upgrade: websocket",
		"Sec-WebSocket-Version: 13",
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
	}, more...)
}

// Request sends lines as a request and returns the answer, with its body read.
func (c *Conn) Request(lines []string) (*http.Response, error) {
	if _, err := io.WriteString(c.Conn, strings.Join(lines, "\r\n")+"\r\n\r\n"); err != nil {
		return nil, err
	}
	return c.Response()
}

// Response reads the answer to what was sent, with its body.
func (c *Conn) Response() (*http.Response, error) {
	response, err := http.ReadResponse(c.Reader, nil)
	if err != nil || response.StatusCode == http.StatusSwitchingProtocols {
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, err
}

// Send sends frames in one piece.
func (c *Conn) Send(frames ...Frame) error {
	var data []byte
	for _, f := range frames {
		data = append(data, f.Bytes()...)
	}
	_, err := c.Write(data)
	return err
}

// Receive returns the next frame.
func (c *Conn) Receive() (Frame, error) { return ReadFrame(c.Reader) }
