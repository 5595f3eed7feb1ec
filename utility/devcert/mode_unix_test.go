//go:build unix

package devcert

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestModes(t *testing.T) {
	// The modes must not depend on the umask, whose widest is 0.
	defer syscall.Umask(syscall.Umask(0))
	top := filepath.Join(t.TempDir(), "top")
	dir := filepath.Join(top, "certs")
	files := ensure(t, dir)
	for path, want := range map[string]os.FileMode{top: 0o700, dir: 0o700, files.KeyPath: 0o600, files.CertPath: 0o644} {
		if got := mode(t, path); got != want {
			t.Errorf("%s has mode %04o, want %04o", filepath.Base(path), got, want)
		}
	}
}

func TestEnsureReplacesAnOpenKey(t *testing.T) {
	for _, open := range []os.FileMode{0o644, 0o640, 0o620, 0o601} {
		t.Run(open.String(), func(t *testing.T) {
			dir := newDir(t)
			files := ensure(t, dir)
			key := read(t, files.KeyPath)
			if err := os.Chmod(files.KeyPath, open); err != nil {
				t.Fatal(err)
			}
			files = ensure(t, dir)
			if !files.Created || !strings.Contains(files.Reason, "open to other users") {
				t.Errorf("Created %v, Reason %q, want a new pair", files.Created, files.Reason)
			}
			if bytes.Equal(key, read(t, files.KeyPath)) {
				t.Error("the key that others could read is still in use")
			}
			if got := mode(t, files.KeyPath); got != 0o600 {
				t.Errorf("the new key has mode %04o", got)
			}
		})
	}
}

func TestEnsureRefusesADirectoryOthersCanWrite(t *testing.T) {
	for _, open := range []os.FileMode{0o777, 0o777 | os.ModeSticky, 0o770, 0o702} {
		t.Run(open.String(), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "shared")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(dir, open); err != nil {
				t.Fatal(err)
			}
			if _, err := Ensure(dir); err == nil || !strings.Contains(err.Error(), "other users") {
				t.Errorf("Ensure returned %v, want a refusal", err)
			}
			if cert, key := contents(dir); cert != nil || key != nil {
				t.Error("a pair was made in it nevertheless")
			}
		})
	}
}

// TestEnsureRefusesAPlantedPair has a good pair wait in a directory where anybody may have put it.
func TestEnsureRefusesAPlantedPair(t *testing.T) {
	dir := newDir(t)
	ensure(t, dir)
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if files, err := Ensure(dir); err == nil {
		t.Errorf("Ensure trusts %s", files.CertPath)
	}
}

// TestEnsureNeverWaitsOnAPipe has a pipe with no writer stand where the certificate belongs.
func TestEnsureNeverWaitsOnAPipe(t *testing.T) {
	dir := newDir(t)
	if err := syscall.Mkfifo(filepath.Join(dir, certName), 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := Ensure(dir)
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("Ensure: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Ensure waits for the pipe")
	}
}

func mode(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}
