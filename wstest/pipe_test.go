package wstest

import (
	"net"
	"testing"

	"golang.org/x/net/nettest"
)

// TestPipe holds the connections in memory to what any net.Conn must do.
func TestPipe(t *testing.T) {
	nettest.TestConn(t, func() (near, far net.Conn, stop func(), err error) {
		client, server := newPipe(&net.TCPAddr{Port: 1}, &net.TCPAddr{Port: 2})
		return client, server, func() {
			_ = client.Close()
			_ = server.Close()
		}, nil
	})
}
