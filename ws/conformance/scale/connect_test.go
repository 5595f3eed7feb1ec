package scale_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// dialers is how many connections are made at once.
const dialers = 32

// request opens the handshake.
const request = "GET / HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
	"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

// connection is a raw client.
type connection struct {
	*net.TCPConn
	in *bufio.Reader
}

// ask connects and sends the request.
func ask(addr string) (*connection, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	_ = conn.SetDeadline(time.Now().Add(patience))
	c := &connection{conn.(*net.TCPConn), bufio.NewReaderSize(conn, 256)}
	_, err = c.Write([]byte(request))
	return c, err
}

// connect makes the handshake.
func connect(addr string) (*connection, error) {
	c, err := ask(addr)
	if err != nil {
		return nil, err
	}
	response, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusSwitchingProtocols {
		return nil, fmt.Errorf("answered %s", response.Status)
	}
	return c, nil
}

func (c *connection) send(f rawframe.Frame) error {
	f.Masked, f.Key = true, [4]byte{1, 2, 3, 4}
	_, err := c.Write(f.Bytes())
	return err
}

// reset closes without a goodbye, in TCP's sense, too.
func (c *connection) reset() {
	_ = c.SetLinger(0)
	_ = c.Close()
}

// spread calls do for 0 to n-1, some at a time, and returns an error if there is
// one.
func spread(n int, do func(i int) error) error {
	numbers := make(chan int)
	errs := make(chan error, n)
	var all sync.WaitGroup
	for range dialers {
		all.Go(func() {
			for i := range numbers {
				if err := do(i); err != nil {
					errs <- err
				}
			}
		})
	}
	for i := range n {
		numbers <- i
	}
	close(numbers)
	all.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}
