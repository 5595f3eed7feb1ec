package devcert

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestEnsureMakesOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	first := ensure(t, dir)
	if !first.Created || first.Reason == "" {
		t.Fatalf("first call: Created %v, Reason %q, want a new pair and why", first.Created, first.Reason)
	}
	cert, key := read(t, first.CertPath), read(t, first.KeyPath)

	second := ensure(t, dir)
	if second.Created || second.Reason != "" {
		t.Errorf("second call: Created %v, Reason %q, want the pair found", second.Created, second.Reason)
	}
	if second.CertPath != first.CertPath || second.KeyPath != first.KeyPath || !second.Expires.Equal(first.Expires) {
		t.Errorf("second call returned %+v after %+v", second, first)
	}
	if !bytes.Equal(cert, read(t, second.CertPath)) || !bytes.Equal(key, read(t, second.KeyPath)) {
		t.Error("second call changed the files")
	}
	wantOnlyPair(t, dir)
}

func TestEnsureDefaultDir(t *testing.T) {
	home := t.TempDir()
	// One of these is what os.UserCacheDir reads on each system.
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		t.Setenv(name, home)
	}
	dir, err := DefaultDir()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(dir, home) || !strings.HasSuffix(dir, filepath.Join("gf-websocket", "devcert")) {
		t.Errorf("DefaultDir() = %s, want it under %s", dir, home)
	}
	if _, err = os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("DefaultDir made %s (stat: %v)", dir, err)
	}
	if got := filepath.Dir(ensure(t, "").CertPath); got != dir {
		t.Errorf("Ensure(\"\") keeps the pair in %s, want %s", got, dir)
	}
}

func TestEnsureRelativeDir(t *testing.T) {
	t.Chdir(t.TempDir())
	if files := ensure(t, "certs"); !filepath.IsAbs(files.CertPath) || !filepath.IsAbs(files.KeyPath) {
		t.Errorf("paths %s and %s depend on the working directory", files.CertPath, files.KeyPath)
	}
}

func TestCertificate(t *testing.T) {
	files := ensure(t, newDir(t))
	leaf := parse(read(t, files.CertPath))
	if leaf == nil {
		t.Fatal("the certificate file holds no certificate")
	}
	key, ok := leaf.PublicKey.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		t.Errorf("public key is %T, want ECDSA P-256", leaf.PublicKey)
	}
	if days := leaf.NotAfter.Sub(leaf.NotBefore).Hours() / 24; days > 397 {
		t.Errorf("valid for %.0f days, browsers accept 397", days)
	}
	if now := time.Now(); now.Before(leaf.NotBefore) || now.After(leaf.NotAfter) {
		t.Errorf("not valid now: %s to %s", leaf.NotBefore, leaf.NotAfter)
	}
	if !files.Expires.Equal(leaf.NotAfter) {
		t.Errorf("Expires = %s, the certificate says %s", files.Expires, leaf.NotAfter)
	}
	if leaf.IsCA || leaf.KeyUsage&x509.KeyUsageCertSign != 0 {
		t.Error("the certificate can sign others")
	}
	if len(leaf.ExtKeyUsage) != 1 || leaf.ExtKeyUsage[0] != x509.ExtKeyUsageServerAuth {
		t.Errorf("extended key usage is %v, want server authentication alone", leaf.ExtKeyUsage)
	}
	if len(leaf.DNSNames) != 1 || leaf.DNSNames[0] != "localhost" {
		t.Errorf("DNS names are %v, want localhost alone", leaf.DNSNames)
	}
	if len(leaf.IPAddresses) != 2 || !leaf.IPAddresses[0].Equal(net.IPv4(127, 0, 0, 1)) || !leaf.IPAddresses[1].Equal(net.IPv6loopback) {
		t.Errorf("IP addresses are %v, want the loopback ones alone", leaf.IPAddresses)
	}
}

func TestEnsureSweepsCrashedWrites(t *testing.T) {
	dir := newDir(t)
	write(t, filepath.Join(dir, ".devcert-123"), []byte("half a ke"))
	ensure(t, dir)
	wantOnlyPair(t, dir)
}

// newDir makes an empty directory for the owner alone: with some umasks t.TempDir is open to the group.
func newDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "certs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func ensure(t *testing.T, dir string) Files {
	t.Helper()
	files, err := Ensure(dir)
	if err != nil {
		t.Fatalf("Ensure(%q): %v", dir, err)
	}
	return files
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// wantOnlyPair fails if anything but the pair and its lock is left in the directory.
func wantOnlyPair(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); name != certName && name != keyName && name != ".lock" {
			t.Errorf("%s is left in the directory", name)
		}
	}
}
