package peers

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// certificateLine is how the server says where its development certificate is.
var certificateLine = regexp.MustCompile(`(?m)^\s*certificate\s+(\S+\.pem)`)

// awaitLine waits until the server has printed what pattern matches and returns its first group.
func awaitLine(t testing.TB, s *server.Server, pattern *regexp.Regexp) string {
	t.Helper()
	deadline := time.Now().Add(patience)
	for {
		if match := pattern.FindStringSubmatch(s.Logs()); match != nil {
			return match[1]
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server does not print %s", pattern)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// developmentCertificate returns the path of the certificate that the server says it made.
func developmentCertificate(t testing.TB, s *server.Server) string {
	t.Helper()
	return awaitLine(t, s, certificateLine)
}

// trusting returns a configuration that trusts nothing but the certificate in path.
func trusting(t testing.TB, path string) *tls.Config {
	t.Helper()
	pem, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		t.Fatalf("no certificate in %s", path)
	}
	return &tls.Config{RootCAs: roots}
}

// wantEcho fails unless a message comes back over the URL.
func wantEcho(t testing.TB, address string, trust *tls.Config) {
	t.Helper()
	peer := openRaw(t, address, trust)
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: []byte("hello word")})
	peer.wantFrame(wire.Text, []byte("hello word"))
}
