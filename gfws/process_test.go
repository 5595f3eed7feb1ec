package gfws_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// process is this binary, run again as a host of its own.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	stdin io.WriteCloser
	lines chan string
	seen  []string
	done  chan error
}

// startProcess starts a host in a role, and kills it if it outlives the test.
func startProcess(t *testing.T, role string) *process {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := &process{t: t, cmd: exec.CommandContext(ctx, executable), lines: make(chan string, 1000), done: make(chan error, 1)}
	p.cmd.Env = append(os.Environ(), roleVariable+"="+role)
	p.cmd.Dir = t.TempDir()
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, w, err := os.Pipe() // and not a pipe of cmd, which Wait would close
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stdout, p.cmd.Stderr = w, w
	if err = p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	go p.read(out)
	go func() { p.done <- p.cmd.Wait() }()
	t.Cleanup(func() {
		cancel()
		if t.Failed() {
			t.Logf("%s said:\n%s", role, strings.Join(p.seen, "\n"))
		}
	})
	return p
}

func (p *process) read(out io.ReadCloser) {
	defer close(p.lines)
	defer func() { _ = out.Close() }()
	for scanner := bufio.NewScanner(out); scanner.Scan(); {
		p.lines <- scanner.Text()
	}
}

// listening is the line in which ghttp tells the process and the address.
var listening = regexp.MustCompile(`pid\[(\d+)\]: http server (?:started|reloaded) listening on \[(.+)\]`)

// serving returns the process and the address of the next server that is up.
func (p *process) serving() (pid, address string) {
	p.t.Helper()
	found := p.awaitLine("a server", func(line string) []string { return listening.FindStringSubmatch(line) })
	return found[1], found[2]
}

// await waits for a line of the role that begins with word.
func (p *process) await(word string) {
	p.t.Helper()
	p.awaitLine(word, func(line string) []string {
		if words := said(line); len(words) > 0 && words[0] == word {
			return words
		}
		return nil
	})
}

// said returns the words of a line of the role, nil for another line.
func said(line string) []string {
	words, _ := strings.CutPrefix(line, roleMark)
	if words == line {
		return nil
	}
	return strings.Fields(words)
}

// awaitLine returns what match finds in the first line in which it finds anything.
func (p *process) awaitLine(what string, match func(line string) []string) []string {
	p.t.Helper()
	deadline := time.After(2 * patience)
	for {
		select {
		case line, open := <-p.lines:
			if !open {
				p.t.Fatalf("the process ended before %s", what)
			}
			p.seen = append(p.seen, line)
			if found := match(line); len(found) > 0 {
				return found
			}
		case <-deadline:
			p.t.Fatalf("waited %s for %s", 2*patience, what)
		}
	}
}

func (p *process) tell(word string) {
	p.t.Helper()
	if _, err := io.WriteString(p.stdin, word+"\n"); err != nil {
		p.t.Fatal(err)
	}
}

// ended waits for the process, returns how often it said each word, and fails
// the test unless it left by itself with exit code 0 within limit.
func (p *process) ended(limit time.Duration) map[string]int {
	p.t.Helper()
	select {
	case err := <-p.done:
		if err != nil {
			p.t.Errorf("the process ended with %v", err)
		}
	case <-time.After(limit):
		p.t.Fatalf("the process is still there after %s", limit)
	}
	for line := range p.lines {
		p.seen = append(p.seen, line)
	}
	counts := make(map[string]int)
	for _, line := range p.seen {
		if words := said(line); len(words) > 0 {
			counts[words[0]]++
		}
	}
	return counts
}

// dialProcess opens a connection to the endpoint of a process.
func dialProcess(t *testing.T, address string) *peer {
	t.Helper()
	p := (&host{t: t, addr: address}).dial("/ws")
	p.echo(websocket.TextMessage, "hello")
	return p
}
