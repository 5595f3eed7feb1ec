package server

import (
	"os/exec"
	"time"
)

// process is a command that was started and is waited for.
type process struct {
	command *exec.Cmd
	done    chan struct{} // closed once the command's state is known
}

func startProcess(command *exec.Cmd) (*process, error) {
	if err := command.Start(); err != nil {
		return nil, err
	}
	p := &process{command: command, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		// The state holds the exit code; an error here says nothing more.
		_ = command.Wait()
	}()
	return p, nil
}

func (p *process) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

func (p *process) endedWithin(limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-p.done:
		return true
	case <-timer.C:
		return false
	}
}

// exitCode is valid once the process has ended; -1 if a signal ended it.
func (p *process) exitCode() int { return p.command.ProcessState.ExitCode() }
