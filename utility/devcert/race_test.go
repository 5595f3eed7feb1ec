package devcert

import (
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// raceDirEnv makes the test binary a process that calls Ensure once and prints what it got.
const raceDirEnv = "DEVCERT_TEST_RACE_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(raceDirEnv); dir != "" {
		fmt.Println(fingerprint(dir))
		return
	}
	os.Exit(m.Run())
}

// TestEnsureRace lets processes and goroutines look for the pair at once, from nothing and with an
// expired one in the way. What each read right after its call must be the same matching pair.
func TestEnsureRace(t *testing.T) {
	tests := []struct {
		name string
		lay  func(t *testing.T, dir string)
	}{
		{"from nothing", func(*testing.T, string) {}},
		{"over an expired pair", func(t *testing.T, dir string) { plant(t, dir, time.Now().Add(-2*lifetime)) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := newDir(t)
			test.lay(t, dir)
			const processes, goroutines = 6, 6
			results := make(chan string, processes+goroutines)
			var racers sync.WaitGroup
			for range processes {
				racers.Go(func() { results <- fingerprintOfProcess(dir) })
			}
			for range goroutines {
				racers.Go(func() { results <- fingerprint(dir) })
			}
			racers.Wait()
			close(results)

			want := fingerprint(dir)
			for got := range results {
				if got != want {
					t.Errorf("one ended with %q, the pair on disk is %q", got, want)
				}
			}
			if strings.Contains(want, "error") {
				t.Error(want)
			}
			wantOnlyPair(t, dir)
		})
	}
}

// TestLockIsExclusive shows that the lock is waited for and given back.
func TestLockIsExclusive(t *testing.T) {
	path := t.TempDir() + "/lock"
	unlock, err := lock(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, busy, err := tryLock(path); !busy || err != nil {
		t.Fatalf("second lock: busy %v, error %v, want busy", busy, err)
	}
	unlock()
	release, busy, err := tryLock(path)
	if busy || err != nil {
		t.Fatalf("after the first was given back: busy %v, error %v", busy, err)
	}
	release()
}

func fingerprintOfProcess(dir string) string {
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), raceDirEnv+"="+dir)
	output, err := command.CombinedOutput()
	if err != nil {
		return fmt.Sprintf("error: %v: %s", err, output)
	}
	return strings.TrimSpace(string(output))
}

// fingerprint ensures the pair, loads it as a server does and names the certificate.
func fingerprint(dir string) string {
	files, err := Ensure(dir)
	if err != nil {
		return "error: " + err.Error()
	}
	loaded, err := tls.LoadX509KeyPair(files.CertPath, files.KeyPath)
	if err != nil {
		return "error: " + err.Error()
	}
	return fmt.Sprintf("%x", sha256.Sum256(loaded.Certificate[0]))
}
