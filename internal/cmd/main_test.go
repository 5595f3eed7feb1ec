package cmd

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/os/gctx"
	"github.com/gogf/gf/v2/os/gfsnotify"
	"go.uber.org/goleak"
)

// executableVariable makes this binary the executable itself.
const executableVariable = "GFWS_TEST_EXECUTABLE"

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// TestMain runs the tests, or the executable where a test has started it.
func TestMain(m *testing.M) {
	if os.Getenv(executableVariable) != "" {
		os.Exit(Run(gctx.GetInitCtx(), os.Args, os.Stderr))
	}
	// GoFrame starts goroutines when it is imported, and more when it first
	// watches a file; they stay for the life of the process.
	_, _ = gfsnotify.Add(".", func(*gfsnotify.Event) {}, gfsnotify.WatchOption{NoRecursive: true})
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
}

// execute returns the executable, ready to start in an empty folder with a
// configuration file, unless that is empty.
func execute(t *testing.T, config string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	t.Cleanup(cancel)
	command := exec.CommandContext(ctx, self, args...)
	command.Dir = t.TempDir()
	command.Env = append(os.Environ(), executableVariable+"=1", "XDG_CACHE_HOME="+t.TempDir())
	if config == "" {
		return command
	}
	if err = os.WriteFile(command.Dir+"/config.yaml", []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return command
}

// failure runs the executable to its end, which must be a failure.
func failure(t *testing.T, command *exec.Cmd) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatalf("ended with %v and said\n%s", err, out.String())
	}
	return exit.ExitCode(), out.String()
}

// service is the executable at work.
type service struct {
	*exec.Cmd
	echoes []string // the addresses that it announced
}

// serveIn starts the executable and waits until it has announced n endpoints.
func serveIn(t *testing.T, command *exec.Cmd, n int) *service {
	t.Helper()
	out, w := io.Pipe()
	command.Stdout, command.Stderr = w, w
	s := &service{Cmd: command}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	lines := bufio.NewScanner(out)
	for len(s.echoes) < n && lines.Scan() {
		said = append(said, lines.Text())
		if _, url, ok := strings.Cut(lines.Text(), "  echo "); ok {
			s.echoes = append(s.echoes, strings.TrimSpace(url))
		}
	}
	if len(s.echoes) < n {
		t.Fatalf("announced %d endpoints of %d:\n%s", len(s.echoes), n, strings.Join(said, "\n"))
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
		_ = w.Close()
	})
	return s
}
