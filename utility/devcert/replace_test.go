package devcert

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestEnsureReplaces(t *testing.T) {
	day := 24 * time.Hour
	tests := []struct {
		name   string
		reason string
		spoil  func(t *testing.T, dir string)
	}{
		{"expired", "ended on", func(t *testing.T, dir string) { plant(t, dir, time.Now().Add(-lifetime)) }},
		{"ends in six days", "ended on", func(t *testing.T, dir string) { plant(t, dir, time.Now().Add(6*day-lifetime)) }},
		{"from the future", "not valid yet", func(t *testing.T, dir string) { plant(t, dir, time.Now().Add(2*day)) }},
		{"key of another certificate", "do not match", func(t *testing.T, dir string) {
			other, err := generate(time.Now())
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, keyName), other.keyPEM)
		}},
		{"key missing", "key is missing", func(t *testing.T, dir string) { remove(t, filepath.Join(dir, keyName)) }},
		{"key empty", "do not match", func(t *testing.T, dir string) { write(t, filepath.Join(dir, keyName), nil) }},
		{"key cut short", "do not match", func(t *testing.T, dir string) {
			path := filepath.Join(dir, keyName)
			write(t, path, read(t, path)[:60])
		}},
		{"certificate empty", "cannot be parsed", func(t *testing.T, dir string) { write(t, filepath.Join(dir, certName), nil) }},
		{"certificate of noise", "cannot be parsed", func(t *testing.T, dir string) {
			noise := pem.EncodeToMemory(&pem.Block{Type: certBlock, Bytes: []byte{0x30, 0x82, 0xff}})
			write(t, filepath.Join(dir, certName), noise)
		}},
		{"key where the certificate belongs", "cannot be parsed", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, certName), read(t, filepath.Join(dir, keyName)))
		}},
		{"names missing", "did not cover localhost", func(t *testing.T, dir string) { plantFor(t, dir, maker, nil) }},
		{"addresses missing", "did not cover 127.0.0.1", func(t *testing.T, dir string) { plantFor(t, dir, maker, hostNames()) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := newDir(t)
			ensure(t, dir)
			test.spoil(t, dir)
			cert, key := contents(dir)

			files := ensure(t, dir)
			if !files.Created || !strings.Contains(files.Reason, test.reason) {
				t.Errorf("Created %v, Reason %q, want a new pair because %q", files.Created, files.Reason, test.reason)
			}
			newCert, newKey := contents(dir)
			if bytes.Equal(cert, newCert) || bytes.Equal(key, newKey) {
				t.Error("a part of the spoilt pair is still there")
			}
			if _, err := tls.LoadX509KeyPair(files.CertPath, files.KeyPath); err != nil {
				t.Errorf("the new pair: %v", err)
			}
			if again := ensure(t, dir); again.Created {
				t.Errorf("the new pair was replaced at once: %s", again.Reason)
			}
		})
	}
}

func TestEnsureKeepsUntilAWeekBeforeTheEnd(t *testing.T) {
	dir := newDir(t)
	plant(t, dir, time.Now().Add(skew+renewBefore+time.Hour-lifetime))
	if files := ensure(t, dir); files.Created {
		t.Errorf("replaced a good pair: %s", files.Reason)
	}
}

func TestEnsureRefuses(t *testing.T) {
	tests := []struct {
		name string
		want string
		lay  func(t *testing.T, dir string)
	}{
		{"another's certificate", "other making", func(t *testing.T, dir string) { plantFor(t, dir, "Example Ltd", hostNames()) }},
		{"another's certificate without its key", "other making", func(t *testing.T, dir string) {
			plantFor(t, dir, "Example Ltd", hostNames())
			remove(t, filepath.Join(dir, keyName))
		}},
		{"a key alone", "without cert.pem", func(t *testing.T, dir string) { write(t, filepath.Join(dir, keyName), []byte("precious")) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := newDir(t)
			test.lay(t, dir)
			cert, key := contents(dir)

			_, err := Ensure(dir)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), dir) {
				t.Errorf("Ensure returned %v, want an error with %q and the directory", err, test.want)
			}
			if newCert, newKey := contents(dir); !bytes.Equal(cert, newCert) || !bytes.Equal(key, newKey) {
				t.Error("files of other making were changed")
			}
		})
	}
}

func TestEnsureFailsWhereNoDirectoryCanBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, []byte("in the way"))
	if _, err := Ensure(filepath.Join(file, "certs")); err == nil {
		t.Error("Ensure under a file succeeded")
	}
}

// plant lays down a pair as this package would have made it at the given time.
func plant(t *testing.T, dir string, made time.Time) {
	t.Helper()
	old, err := generate(made)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, certName), old.certPEM)
	write(t, filepath.Join(dir, keyName), old.keyPEM)
}

// plantFor lays down a matching pair of the given organization for the given names.
func plantFor(t *testing.T, dir, organization string, names []string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{Organization: []string{organization}},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(lifetime / 2),
		DNSNames:     names,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, certName), pem.EncodeToMemory(&pem.Block{Type: certBlock, Bytes: der}))
	write(t, filepath.Join(dir, keyName), pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: keyDER}))
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// contents returns what both files hold; nil for one that is not there.
func contents(dir string) (cert, key []byte) {
	cert, _ = os.ReadFile(filepath.Join(dir, certName))
	key, _ = os.ReadFile(filepath.Join(dir, keyName))
	return cert, key
}
