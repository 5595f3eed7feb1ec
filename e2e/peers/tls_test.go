package peers

import (
	"crypto/tls"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

func TestEchoOnEveryPathAndScheme(t *testing.T) {
	plain, secure := server.Start(t), server.Start(t, "--tls")
	trust := trusting(t, developmentCertificate(t, secure))
	for _, path := range []string{"/ws", "/wss"} {
		t.Run("ws "+path, func(t *testing.T) { wantEcho(t, plain.WebSocketURL(path), nil) })
		t.Run("wss "+path, func(t *testing.T) { wantEcho(t, secure.WebSocketURL(path), trust) })
	}
	// The certificate is good for the name as well as for the address.
	t.Run("wss by name", func(t *testing.T) {
		wantEcho(t, strings.Replace(secure.WebSocketURL("/wss"), "127.0.0.1", "localhost", 1), trust)
	})
	t.Run("page over https", func(t *testing.T) { wantPage(t, secure.URL, trust) })
}

func TestHTTPAndHTTPSSideBySide(t *testing.T) {
	secureAddress := server.FreeAddress(t)
	s := server.Start(t, "--https-address", secureAddress)
	trust := trusting(t, developmentCertificate(t, s))
	wantEcho(t, "ws://"+s.Address+"/ws", nil)
	wantEcho(t, "wss://"+secureAddress+"/wss", trust)
	wantPage(t, "http://"+s.Address, nil)
	wantPage(t, "https://"+secureAddress, trust)
}

// TestDevelopmentCertificateIsKept restarts the server: browsers that trust it go on to.
func TestDevelopmentCertificateIsKept(t *testing.T) {
	s := server.Start(t, "--tls")
	path := developmentCertificate(t, s)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if code := s.Terminate(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	s.Restart()
	wantEcho(t, s.WebSocketURL("/wss"), trusting(t, path))
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Error("the restart made another certificate")
	}
	key, err := os.Stat(strings.Replace(path, "cert.pem", "key.pem", 1))
	if err != nil {
		t.Fatal(err)
	}
	if key.Mode().Perm() != 0o600 {
		t.Errorf("the key has mode %04o", key.Mode().Perm())
	}
}

// TestGivenCertificate serves with the pair of --cert and --key, whose files are elsewhere.
func TestGivenCertificate(t *testing.T) {
	dir := t.TempDir() + "/own"
	if output, err := run(t, nil, "cert", "--dir", dir); err != nil {
		t.Fatalf("cert: %v\n%s", err, output)
	}
	s := server.Start(t, "--tls", "--cert", dir+"/cert.pem", "--key", dir+"/key.pem")
	wantEcho(t, s.WebSocketURL("/wss"), trusting(t, dir+"/cert.pem"))
}

// wantPage fails unless the page is served from the root.
func wantPage(t testing.TB, root string, trust *tls.Config) {
	t.Helper()
	response, body := get(t, root+"/", trust)
	if response.StatusCode != http.StatusOK || !strings.Contains(body, "<html") {
		t.Errorf("%s answers with %s and %.80q", root, response.Status, body)
	}
}

// get fetches an address and its whole body, over connections that are not kept.
func get(t testing.TB, address string, trust *tls.Config) (*http.Response, string) {
	t.Helper()
	client := &http.Client{
		Timeout:   patience,
		Transport: &http.Transport{TLSClientConfig: trust, DisableKeepAlives: true},
	}
	response, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}
