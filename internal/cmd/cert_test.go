package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/os/gctx"
)

func TestCertPrintsWhereItIs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "certs")
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	tests := []struct {
		name   string
		system string
		want   []string
	}{
		{"made on the first call", "linux", []string{"made now: there was none yet", cert, key, "nssdb", "client --ca"}},
		{"found on the second", "darwin", []string{"(found)", cert, key, "security add-trusted-cert"}},
		{"with the words of Windows", "windows", []string{"(found)", cert, key, "certutil -user"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := printCertificate(&out, dir, test.system); err != nil {
				t.Fatal(err)
			}
			for _, want := range test.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is not said in:\n%s", want, out.String())
				}
			}
			if strings.Contains(out.String(), "%!") {
				t.Errorf("broken formatting:\n%s", out.String())
			}
		})
	}
}

func TestCertFailsWhereItCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := printCertificate(&bytes.Buffer{}, filepath.Join(file, "certs"), "linux"); err == nil {
		t.Error("a certificate below a file was reported")
	}
}

// TestCertCommand runs the command as gcmd does.
func TestCertCommand(t *testing.T) {
	for _, option := range []string{"--dir", "-d"} {
		t.Run(option, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "certs")
			if _, err := certCommand().RunWithSpecificArgs(gctx.New(), []string{"cert", option, dir}); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(dir, "cert.pem")); err != nil {
				t.Errorf("no certificate was made: %v", err)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	tests := []struct{ path, want string }{
		{"/home/a/cert.pem", "/home/a/cert.pem"},
		{"/Users/a/Library/Application Support/cert.pem", "'/Users/a/Library/Application Support/cert.pem'"},
		{"/home/o'neill/$x.pem", `'/home/o'\''neill/$x.pem'`},
		{`C:\Users\a\cert.pem`, `C:\Users\a\cert.pem`},
		{`C:\Users\A B\cert.pem`, `"C:\Users\A B\cert.pem"`},
	}
	for _, test := range tests {
		if got := quote(test.path); got != test.want {
			t.Errorf("quote(%s) = %s, want %s", test.path, got, test.want)
		}
	}
}
