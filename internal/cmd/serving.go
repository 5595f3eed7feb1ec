package cmd

import (
	"crypto/tls"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/gogf/gf/v2/net/ghttp"
)

const (
	// servingStep is how long waitUntilServing lets a listener be.
	servingStep = time.Millisecond
	// servingPatience is when waitUntilServing gives up, for a machine that
	// cannot reach its own address.
	servingPatience = 2 * time.Second
)

// waitUntilServing returns once every listener is served. ghttp shuts down only
// those that are, and would wait for the others for ever, and its own status
// tells of one of them only.
func (l *listen) waitUntilServing(s *ghttp.Server) {
	deadline := time.Now().Add(servingPatience)
	for _, e := range l.endpoints(s) {
		for !e.answers(deadline) && time.Now().Before(deadline) {
			time.Sleep(servingStep)
		}
	}
}

// endpoint is where one listener can be reached from here.
type endpoint struct {
	address string
	secure  bool
}

// endpoints lists the listeners in the order of ghttp: those of HTTPS first.
func (l *listen) endpoints(s *ghttp.Server) []endpoint {
	secure, plain := split(l.httpsAddress), split(l.address)
	if l.certPath != "" && l.httpsAddress == "" {
		secure, plain = plain, nil
	}
	ports := s.GetListenedPorts()
	var list []endpoint
	for i, address := range append(secure, plain...) {
		if i == len(ports) {
			break
		}
		at := net.JoinHostPort(reachableHost(address), strconv.Itoa(ports[i]))
		list = append(list, endpoint{at, i < len(secure)})
	}
	return list
}

func split(addresses string) []string {
	if addresses == "" {
		return nil
	}
	return strings.Split(addresses, ",")
}

// answers asks in a way that neither a handler nor a log gets to see: with a
// TLS handshake, or with a request that net/http itself finds malformed.
func (e endpoint) answers(deadline time.Time) bool {
	conn, err := net.DialTimeout("tcp", e.address, time.Until(deadline))
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(deadline)
	if e.secure {
		// Nothing is told to the peer, which is this process.
		return tls.Client(conn, &tls.Config{InsecureSkipVerify: true}).Handshake() == nil
	}
	if _, err = io.WriteString(conn, "?\r\n\r\n"); err != nil {
		return false
	}
	_, err = conn.Read(make([]byte, 1))
	return err == nil
}
