package cmd

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/os/gcfg"
	"github.com/gogf/gf/v2/os/gcmd"

	"github.com/gfws/gf-websocket/utility/devcert"
)

// configure makes content the configuration for the time of a test.
func configure(t *testing.T, content string) {
	t.Helper()
	adapter, err := gcfg.NewAdapterContent(content)
	if err != nil {
		t.Fatal(err)
	}
	config := gcfg.Instance()
	before := config.GetAdapter()
	config.SetAdapter(adapter)
	t.Cleanup(func() { config.SetAdapter(before) })
}

// parse reads a command line as gcmd does for the root.
func parse(t *testing.T, line string) *gcmd.Parser {
	t.Helper()
	supported := make(map[string]bool)
	for _, argument := range serveCommand().Arguments {
		name := argument.Name
		if argument.Short != "" {
			name += "," + argument.Short
		}
		supported[name] = !argument.Orphan
	}
	parser, err := gcmd.ParseArgs(append([]string{"gf-websocket"}, strings.Fields(line)...), supported)
	if err != nil {
		t.Fatal(err)
	}
	return parser
}

// cacheIn keeps the development certificate of a test to itself.
func cacheIn(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		t.Setenv(name, dir)
	}
}

func TestListenAddresses(t *testing.T) {
	cacheIn(t)
	tests := []struct {
		name, line, config string
		address, https     string
		secure             bool
	}{
		{"nothing said", "", "{}", ":8199", "", false},
		{"configured", "", `{"server":{"address":":81"}}`, ":81", "", false},
		{"option wins", "--address :82", `{"server":{"address":":81"}}`, ":82", "", false},
		{"short option", "-a 127.0.0.1:0", "{}", "127.0.0.1:0", "", false},
		{"only a port", "--address 8080", "{}", "8080", "", false},
		{"two addresses", "--address :80,:81", "{}", ":80,:81", "", false},
		{"IPv6", "--address [::1]:80", "{}", "[::1]:80", "", false},
		{"tls", "--tls", "{}", ":8199", "", true},
		{"https beside http", "--https-address :8443", "{}", ":8199", ":8443", true},
		{"https configured", "", `{"server":{"httpsAddr":":443"}}`, ":8199", ":443", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			configure(t, tt.config)
			got, err := newListen(context.Background(), parse(t, tt.line))
			if err != nil {
				t.Fatal(err)
			}
			if got.address != tt.address || got.httpsAddress != tt.https || (got.certPath != "") != tt.secure {
				t.Errorf("got %+v", got)
			}
			if got.development != tt.secure {
				t.Errorf("development certificate: %t", got.development)
			}
		})
	}
}

func TestListenRefuses(t *testing.T) {
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage.pem")
	if err := os.WriteFile(garbage, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(dir, "missing.pem")
	tests := []struct{ name, line, config, names string }{
		{"address", "--address nowhere", "{}", "--address"},
		{"port out of range", "--address :65536", "{}", "--address"},
		{"configured address", "", `{"server":{"address":"here:there"}}`, "server.address"},
		{"https address", "--https-address x", "{}", "--https-address"},
		{"cert alone", "--cert " + garbage, "{}", "--key"},
		{"key alone", "--key " + garbage, "{}", "--cert"},
		{"configured cert alone", "", `{"server":{"httpsCertPath":"x.pem"}}`, "server.httpsKeyPath"},
		{"files that are not there", "--cert " + missing + " --key " + missing, "{}", "--cert"},
		{"files that are none", "--cert " + garbage + " --key " + garbage, "{}", "--cert"},
		{"server that is no map", "", `{"server":5}`, "server"},
		{"logger that is no map", "", `{"logger":5}`, "logger"},
		{"negative duration", "", `{"server":{"readTimeout":"-5s"}}`, "server.readTimeout"},
		{"switch", "", `{"server":{"accessLogEnabled":"maybe"}}`, "server.accessLogEnabled"},
		{"size", "", `{"server":{"maxHeaderBytes":"foo"}}`, "server.maxHeaderBytes"},
		{"number", "", `{"server":{"gracefulShutdownTimeout":"foo"}}`, "server.gracefulShutdownTimeout"},
		{"level", "", `{"logger":{"level":"nope"}}`, "logger.level"},
		{"bare number for a duration", "", `{"server":{"readTimeout":30}}`, "server.readTimeout"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			configure(t, tt.config)
			_, err := newListen(context.Background(), parse(t, tt.line))
			if err == nil || !strings.Contains(err.Error(), tt.names) {
				t.Errorf("got %v, want an error that names %s", err, tt.names)
			}
		})
	}
}

func TestListenTakesTheGivenCertificate(t *testing.T) {
	files, err := devcert.Ensure(filepath.Join(t.TempDir(), "certs"))
	if err != nil {
		t.Fatal(err)
	}
	configure(t, "{}")
	got, err := newListen(context.Background(), parse(t, "--cert "+files.CertPath+" --key "+files.KeyPath))
	if err != nil {
		t.Fatal(err)
	}
	if got.certPath != files.CertPath || got.keyPath != files.KeyPath || got.development {
		t.Errorf("got %+v", got)
	}
}

func TestReachableHost(t *testing.T) {
	tests := []struct{ address, want string }{
		{":8199", "127.0.0.1"},
		{"8199", "127.0.0.1"},
		{"0.0.0.0:80", "127.0.0.1"},
		{"[::]:80", "127.0.0.1"},
		{"192.0.2.7:80", "192.0.2.7"},
		{"[::1]:80,:81", "::1"},
	}
	for _, tt := range tests {
		if got := reachableHost(tt.address); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.address, got, tt.want)
		}
	}
}
