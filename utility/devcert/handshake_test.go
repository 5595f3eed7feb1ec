package devcert

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"testing"
	"time"
)

// TestHandshake runs real TLS handshakes with the certificate as the client's only root.
func TestHandshake(t *testing.T) {
	files := ensure(t, newDir(t))
	address := serve(t, files)
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(read(t, files.CertPath)) {
		t.Fatal("the certificate file is no trust anchor")
	}
	strangers := x509.NewCertPool()
	strangers.AppendCertsFromPEM(read(t, ensure(t, newDir(t)).CertPath))

	tests := []struct {
		name       string
		serverName string
		roots      *x509.CertPool
		trusted    bool
	}{
		{"by name", "localhost", roots, true},
		{"by IPv4 address", "127.0.0.1", roots, true},
		{"by IPv6 address", "::1", roots, true},
		{"by a name it does not cover", "example.com", roots, false},
		{"by a sub-domain", "evil.localhost", roots, false},
		{"by an address it does not cover", "127.0.0.2", roots, false},
		{"with another development certificate as root", "localhost", strangers, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := handshake(address, &tls.Config{ServerName: test.serverName, RootCAs: test.roots})
			if trusted := err == nil; trusted != test.trusted {
				t.Errorf("trusted %v (%v), want %v", trusted, err, test.trusted)
			}
		})
	}
}

// serve presents the pair on a loopback port until the test ends.
func serve(t *testing.T, files Files) (address string) {
	t.Helper()
	loaded, err := tls.LoadX509KeyPair(files.CertPath, files.KeyPath)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{loaded}})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			answer(conn)
		}
	}()
	t.Cleanup(func() {
		_ = listener.Close()
		<-ended
	})
	return listener.Addr().String()
}

// answer completes one handshake; whether it succeeds is the client's to judge.
func answer(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	_ = conn.(*tls.Conn).Handshake()
}

func handshake(address string, config *tls.Config) error {
	conn, err := tls.DialWithDialer(&net.Dialer{Timeout: 10 * time.Second}, "tcp", address, config)
	if err != nil {
		return err
	}
	return conn.Close()
}
