package run

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gfws/gf-websocket/benchmark/machine"
)

// process is a server or a load, which is told things by lines and answers so.
type process struct {
	name  string
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines *bufio.Scanner
	told  bytes.Buffer // its standard error
	late  atomic.Bool
}

// anyCore starts a process unpinned.
const anyCore = -1

// maxLine holds the longest answer.
const maxLine = 64 << 10

func start(name string, core int, cmd *exec.Cmd) (*process, error) {
	p := &process{name: name, cmd: cmd}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.in, p.lines = in, bufio.NewScanner(out)
	p.lines.Buffer(nil, maxLine)
	cmd.Stderr = &p.told
	if core == anyCore {
		err = cmd.Start()
	} else {
		err = machine.StartOn(core, cmd)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// tell writes one line.
func (p *process) tell(line string) error {
	if _, err := io.WriteString(p.in, line+"\n"); err != nil {
		return p.failure(err)
	}
	return nil
}

// hear returns the next line, and kills a process that takes longer than
// timeout.
func (p *process) hear(timeout time.Duration) (string, error) {
	watch := time.AfterFunc(timeout, func() {
		p.late.Store(true)
		_ = p.cmd.Process.Kill()
	})
	defer watch.Stop()
	if p.lines.Scan() {
		return p.lines.Text(), nil
	}
	if p.late.Load() {
		return "", p.failure(fmt.Errorf("no answer within %s", timeout))
	}
	return "", p.failure(errors.Join(errors.New("ended without an answer"), p.lines.Err()))
}

// failure ends the process and adds what it told on its standard error.
func (p *process) failure(err error) error {
	p.stop()
	told := strings.TrimSpace(p.told.String())
	if told == "" {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return fmt.Errorf("%s: %w: %s", p.name, err, told)
}

// stop kills it: there is nothing in it to keep. It may be called again.
func (p *process) stop() {
	_ = p.in.Close()
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}
