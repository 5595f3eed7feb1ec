package browser_test

import (
	"net/http"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

// hostWithoutPage configures an application with nothing said of the page; what
// its other endpoints need is in it.
const hostWithoutPage = `
websocket:
  instances:
    device: {auth: {methods: [bearer]}}
    token: {auth: {methods: [bearer]}}
    fragile: {auth: {methods: [bearer]}}
    calls: {auth: {methods: [bearer]}}
    loop: {auth: {methods: [first-message]}}
    known: {auth: {methods: [session], session: uid}}
    member: {auth: {methods: [session], session: uid}`

// hostWithPage has the page below a path that is for members only.
const hostWithPage = hostWithoutPage + ", console: {path: /desk}"

// startHost builds the application of e2e/guard/host, and runs it.
func startHost(t *testing.T, yaml string) *server.Server {
	t.Helper()
	path := filepath.Join(t.TempDir(), "host")
	if out, err := exec.Command("go", "build", "-o", path, "../guard/host").CombinedOutput(); err != nil {
		t.Fatalf("build the host: %v\n%s", err, out)
	}
	return server.StartProgram(t, path, yaml+"}\n")
}

func TestHostHasNoPageUnlessConfigured(t *testing.T) {
	s := startHost(t, hostWithoutPage)
	for _, path := range []string{"/", "/index.html", "/settings.json", "/check.json", "/console", "/console/"} {
		response, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusNotFound {
			t.Errorf("%s is answered with %s", path, response.Status)
		}
	}
}

// TestPageBehindALogin opens the page of a host whose middleware asks for a login,
// as its endpoint does.
func TestPageBehindALogin(t *testing.T) {
	s := startHost(t, hostWithPage)
	p := newTab(t)
	p.navigate(s.URL + "/desk/")
	if got := p.text("body"); got != "log in first" {
		t.Fatalf("a stranger sees %q", got)
	}
	evaluate[bool](p, `fetch('/login', {method: 'POST', body: new URLSearchParams({user: '42'})}).then(() => { document.title = 'in'; }) && true`)
	p.await("login", func() bool { return evaluate[string](p, "document.title") == "in" })
	p.navigate(s.URL + "/desk/")
	p.awaitState("open")
	if got, want := p.value("address"), s.WebSocketURL("/member"); got != want {
		t.Errorf("the page is for %s, want %s", got, want)
	}
}
