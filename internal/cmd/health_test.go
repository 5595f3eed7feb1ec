package cmd

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/util/guid"
)

// guardedConfig has no page, and asks everybody who he is.
const guardedConfig = `websocket:
  console: {path: "off"}
  auth:
    methods: ["bearer"]
    jwt: {algorithms: ["HS256"], secret: "0123456789abcdef0123456789abcdef"}
`

// TestHealthCommand asks the executable with the executable, as a container does.
func TestHealthCommand(t *testing.T) {
	for _, c := range []struct {
		name, config string
		args         []string
	}{
		{"plain", "", nil},
		{"without a page and with auth", guardedConfig, nil},
		{"with TLS", "", []string{"--tls"}},
		{"with both", "", []string{"--https-address", "127.0.0.1:0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serveIn(t, execute(t, c.config, append(c.args, "--address", "127.0.0.1:0")...), 1)
			at, err := url.Parse(s.echoes[0])
			if err != nil {
				t.Fatal(err)
			}
			if out, err := execute(t, "", "health", "--address", at.Host).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
			if out, err := execute(t, "server:\n  address: \""+at.Host+"\"\n", "health").CombinedOutput(); err != nil {
				t.Errorf("by the configuration: %v: %s", err, out)
			}
		})
	}
}

// TestHealthCommandFails ends with 1, which is what Docker has for it.
func TestHealthCommandFails(t *testing.T) {
	other := startListening(t, &listen{address: "127.0.0.1:0"}) // without the route
	for _, c := range []struct{ name, address, says string }{
		{"another server", reachable(other.GetListenedAddress()), "404"},
		{"nothing", "127.0.0.1:1", "refused"},
		{"no address", "nowhere", "--address"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, said := failure(t, execute(t, "", "health", "--address", c.address))
			if code != ExitFailure || !strings.Contains(said, c.says) {
				t.Errorf("ended with %d, want 1 and %q: %s", code, c.says, said)
			}
		})
	}
}

func TestReachable(t *testing.T) {
	for address, want := range map[string]string{
		":8199":                         "127.0.0.1:8199",
		"8199":                          "127.0.0.1:8199",
		"0.0.0.0:80":                    "127.0.0.1:80",
		"[::]:80":                       "127.0.0.1:80",
		"192.0.2.1:80,198.51.100.7:443": "192.0.2.1:80",
		"[2001:db8::1]:80":              "[2001:db8::1]:80",
	} {
		if got := reachable(address); got != want {
			t.Errorf("%s is reached at %s, want %s", address, got, want)
		}
	}
}

// TestHealthWhileDraining answers 503 as soon as one of the endpoints leaves.
func TestHealthWhileDraining(t *testing.T) {
	s := g.Server(guid.S())
	served := newEndpoints(setting{})
	(&listen{address: "127.0.0.1:0"}).apply(s)
	s.SetDumpRouterMap(false)
	s.Logger().SetStdoutPrint(false)
	served.bindHealth(s)
	if err := served.install(s); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Shutdown() })
	address := reachable(s.GetListenedAddress())
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	ask := func(method string, want int) {
		t.Helper()
		req, err := http.NewRequest(method, "http://"+address+healthPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s is answered with %s, want %d", method, res.Status, want)
		}
	}
	ask(http.MethodGet, http.StatusOK)
	ask(http.MethodHead, http.StatusOK)
	if err := served.rpc.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	ask(http.MethodGet, http.StatusServiceUnavailable)
	if err := served.shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	ask(http.MethodHead, http.StatusServiceUnavailable)
}
