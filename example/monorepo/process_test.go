package monorepo

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience bounds every wait.
const patience = 20 * time.Second

// listening is what ghttp logs once it accepts connections.
var listening = regexp.MustCompile(`listening on \[(127\.0\.0\.1:\d+)\]`)

// routeTable is the head of what ghttp shows last.
var routeTable = regexp.MustCompile(`METHOD.*ROUTE.*HANDLER`)

// process is an app that runs.
type process struct {
	command *exec.Cmd
	output  output
	ended   chan struct{}
}

// output gathers what a process prints. Its zero value is ready.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (o *output) Write(data []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(data)
}

// String returns what has been printed so far.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// build compiles an app and returns the path of its binary.
func build(t *testing.T, app string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), filepath.Base(app))
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if printed, err := exec.Command("go", "build", "-o", binary, app).CombinedOutput(); err != nil {
		t.Fatalf("go build %s: %v\n%s", app, err, printed)
	}
	return binary
}

// start runs a binary in an empty folder until the test ends.
func start(t *testing.T, environment []string, binary string, args ...string) *process {
	t.Helper()
	p := &process{command: exec.Command(binary, args...), ended: make(chan struct{})}
	p.command.Dir = t.TempDir()
	p.command.Env = append(os.Environ(), environment...)
	p.command.Stdout, p.command.Stderr = &p.output, &p.output
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = p.command.Wait() // the exit code is in ProcessState
	}()
	t.Cleanup(func() {
		_ = p.command.Process.Kill()
		<-p.ended
		if t.Failed() {
			t.Logf("%s printed:\n%s", filepath.Base(binary), p.output.String())
		}
	})
	return p
}

// startOrder runs the app order with its own configuration, on a free port, and
// returns the host and port.
func startOrder(t *testing.T) (p *process, address string) {
	t.Helper()
	config, err := os.ReadFile("app/order/manifest/config/config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	free := strings.Replace(string(config), `":8000"`, `"127.0.0.1:0"`, 1)
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err = os.WriteFile(path, []byte(free), 0o600); err != nil {
		t.Fatal(err)
	}
	p = start(t, []string{"GF_GCFG_FILE=" + path}, build(t, "./app/order"))
	return p, p.await(t, listening)[1]
}

// await waits until the process has printed what pattern matches.
func (p *process) await(t *testing.T, pattern *regexp.Regexp) []string {
	t.Helper()
	deadline := time.After(patience)
	for {
		if match := pattern.FindStringSubmatch(p.output.String()); match != nil {
			return match
		}
		select {
		case <-p.ended:
			t.Fatalf("the process ended before it printed %s", pattern)
		case <-deadline:
			t.Fatalf("the process has not printed %s after %v", pattern, patience)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// wantEnd fails unless the process ends by itself with exit code 0.
func (p *process) wantEnd(t *testing.T) {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		t.Fatalf("the process still runs after %v", patience)
	}
	if code := p.command.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
