package load

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"

	"golang.org/x/sys/unix"

	"github.com/gfws/gf-websocket/benchmark/framing"
)

// dialTimeout bounds each read and write of a handshake, in seconds.
const dialTimeout = 20

// socket is a blocking TCP connection outside Go's own poller, whose wake-ups
// would cost the server time.
type socket struct{ fd int }

// Read implements io.Reader.
func (s socket) Read(p []byte) (int, error) {
	for {
		n, err := unix.Read(s.fd, p)
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return 0, os.NewSyscallError("read", err)
		case n == 0:
			return 0, io.EOF
		}
		return n, nil
	}
}

// Write implements io.Writer.
func (s socket) Write(p []byte) (int, error) {
	for written := 0; ; {
		n, err := unix.Write(s.fd, p[written:])
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return written, os.NewSyscallError("write", err)
		}
		if written += n; written == len(p) {
			return written, nil
		}
	}
}

// dial connects to address. Closing resets the connection, so that thousands of
// them leave nothing behind in the kernel. One that will be stalled gets the
// smallest buffers on both sides, so that it is full soon.
func dial(address string, stalled bool) (socket, error) {
	target, err := netip.ParseAddrPort(address)
	if err != nil {
		return socket{}, fmt.Errorf("address: %w", err)
	}
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return socket{}, os.NewSyscallError("socket", err)
	}
	if err = prepare(fd, stalled); err == nil {
		err = unix.Connect(fd, &unix.SockaddrInet4{Port: int(target.Port()), Addr: target.Addr().As4()})
	}
	if err != nil {
		_ = unix.Close(fd)
		return socket{}, fmt.Errorf("connect to %s: %w", address, err)
	}
	return socket{fd}, nil
}

func prepare(fd int, stalled bool) error {
	timeout := unix.Timeval{Sec: dialTimeout}
	for _, err := range []error{
		unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1),
		unix.SetsockoptLinger(fd, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1}),
		unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &timeout),
		unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_SNDTIMEO, &timeout),
	} {
		if err != nil {
			return os.NewSyscallError("setsockopt", err)
		}
	}
	if !stalled {
		return nil
	}
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUF, 4096); err != nil {
		return os.NewSyscallError("setsockopt", err)
	}
	return os.NewSyscallError("setsockopt", unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_MAXSEG, 536))
}

// open connects as spec says and opens the WebSocket.
func open(spec Spec, stalled bool) (socket, error) {
	s, err := dial(spec.Address, stalled)
	if err != nil || spec.Raw {
		return s, err
	}
	if err = framing.Handshake(s, spec.Address, spec.Deflate); err != nil {
		_ = unix.Close(s.fd)
		return socket{}, err
	}
	return s, nil
}

// openTLS is open over TLS. The certificate is one of the benchmark's own and
// not checked.
func openTLS(spec Spec) (net.Conn, error) {
	conn, err := net.Dial("tcp", spec.Address)
	if err != nil {
		return nil, err
	}
	if err = conn.(*net.TCPConn).SetLinger(0); err != nil {
		_ = conn.Close()
		return nil, err
	}
	secure := tls.Client(conn, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"http/1.1"}})
	if err = framing.Handshake(secure, spec.Address, spec.Deflate); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return secure, nil
}
