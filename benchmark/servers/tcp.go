package servers

import (
	"errors"
	"log"
	"net"
)

// tcpBuffer holds the largest message of the benchmark.
const tcpBuffer = 32 << 10

// startTCP is the floor: what comes is written back, without HTTP, frames or
// anything else.
func startTCP(o Options) (string, error) {
	if o.secure() || o.Deflate {
		return "", errors.New("plain TCP has neither TLS nor compression")
	}
	listener, err := net.Listen("tcp", loopback)
	if err != nil {
		return "", err
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				log.Fatal(err)
			}
			go echoTCP(conn)
		}
	}()
	return listener.Addr().String(), nil
}

func echoTCP(conn net.Conn) {
	defer conn.Close()
	buffer := make([]byte, tcpBuffer)
	for {
		n, err := conn.Read(buffer)
		if err != nil {
			return
		}
		if _, err = conn.Write(buffer[:n]); err != nil {
			return
		}
	}
}
