package client

import (
	"io"
	"net"

	"github.com/gfws/gf-websocket/utility/framescan"
)

// aheadSize is how much is read at once during the handshake.
const aheadSize = 512

// screen is the connection as gorilla sees it, above TLS where there is any. It
// judges the server's frames before gorilla reads them. The handshake passes
// byte by byte, so that no frame which comes right behind it gets by unseen in
// a buffer.
type screen struct {
	net.Conn
	scanner framescan.Scanner
	framed  bool   // the handshake is done
	ahead   []byte // read and not passed on yet
	end     error  // what the scanner ended the reading with
}

func newScreen(conn net.Conn, maxMessage int64) *screen {
	return &screen{Conn: conn, scanner: framescan.New(framescan.Options{MaxMessage: maxMessage, MaxFragments: -1})}
}

// beginFrames says that what follows are frames. It must not run together with
// Read.
func (s *screen) beginFrames() { s.framed = true }

// Read implements net.Conn.
func (s *screen) Read(p []byte) (int, error) {
	if !s.framed {
		return s.readHandshake(p)
	}
	for s.end == nil {
		n, err := s.read(p)
		good, end := s.scanner.Scan(p[:n])
		s.end = end
		if good > 0 || end == nil && (err != nil || n == 0) {
			return good, err
		}
	}
	return 0, s.end
}

func (s *screen) readHandshake(p []byte) (int, error) {
	if len(s.ahead) == 0 {
		s.ahead = make([]byte, aheadSize)
		n, err := s.Conn.Read(s.ahead)
		s.ahead = s.ahead[:n]
		if n == 0 {
			return 0, err
		}
	}
	n := copy(p[:1], s.ahead)
	s.ahead = s.ahead[n:]
	return n, nil
}

// read reads what came with the handshake, and then from the connection.
func (s *screen) read(p []byte) (int, error) {
	if len(s.ahead) == 0 {
		s.ahead = nil
		return s.Conn.Read(p)
	}
	n := copy(p, s.ahead)
	s.ahead = s.ahead[n:]
	return n, nil
}

// discard throws away whatever the server still sends, until it closes or the
// read deadline passes.
func (s *screen) discard() {
	_, _ = io.Copy(io.Discard, s.Conn)
}
