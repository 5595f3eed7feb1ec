package run

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"time"

	"github.com/gfws/gf-websocket/benchmark/load"
	"github.com/gfws/gf-websocket/benchmark/machine"
	"github.com/gfws/gf-websocket/benchmark/report"
)

const (
	// slack is how long a load may take beyond what it measures: connecting.
	slack = 120 * time.Second
	// calm is what a server has to finish what connecting has begun.
	calm = 300 * time.Millisecond
	// acquainted is how many connections a server has had before its memory is
	// first taken, so that code that was loaded for the first of them does not
	// count for the rest.
	acquainted = 20
)

// measure starts the server of e, loads it, and stops both.
func (r *Runner) measure(w workload, e entry) (report.Sample, error) {
	spec := w.at(r.pace, e)
	s, err := r.startServer(e.server, spec)
	if err != nil {
		return report.Sample{}, err
	}
	defer s.stop()
	spec.Address, spec.PID = s.address, s.cmd.Process.Pid
	if spec.Kind == load.Idle {
		return r.measureIdle(s, spec)
	}
	l, err := r.startLoad(spec)
	if err != nil {
		return report.Sample{}, err
	}
	defer l.stop()
	result, err := awaitResult(l, spec)
	if err != nil {
		return report.Sample{}, err
	}
	return report.NewSample(result), nil
}

// measureIdle compares the server's memory with and without the connections.
func (r *Runner) measureIdle(s *server, spec load.Spec) (report.Sample, error) {
	first := spec
	first.Connections = min(acquainted, spec.Connections)
	if _, err := r.residentWith(s, first); err != nil {
		return report.Sample{}, err
	}
	before, err := residentAfterCollection(s)
	if err != nil {
		return report.Sample{}, err
	}
	after, err := r.residentWith(s, spec)
	if err != nil {
		return report.Sample{}, err
	}
	return report.Sample{Bytes: float64(after-before) / float64(spec.Connections)}, nil
}

// residentWith returns the server's memory while the connections are open.
func (r *Runner) residentWith(s *server, spec load.Spec) (int64, error) {
	l, err := r.startLoad(spec)
	if err != nil {
		return 0, err
	}
	defer l.stop()
	if _, err = awaitResult(l, spec); err != nil {
		return 0, err
	}
	resident, err := residentAfterCollection(s)
	if err != nil {
		return 0, err
	}
	if err = l.in.Close(); err != nil {
		return 0, l.failure(err)
	}
	_, err = awaitResult(l, spec)
	return resident, err
}

func residentAfterCollection(s *server) (int64, error) {
	time.Sleep(calm)
	if err := s.collect(); err != nil {
		return 0, err
	}
	return machine.Resident(s.cmd.Process.Pid)
}

func (r *Runner) startLoad(spec load.Spec) (*process, error) {
	l, err := start("load", r.loadCore, exec.Command(r.executable, "load"))
	if err != nil {
		return nil, err
	}
	line, err := json.Marshal(spec)
	if err != nil {
		return nil, l.failure(err)
	}
	return l, l.tell(string(line))
}

// awaitResult returns the line that a load tells when it is done or, where it
// is idle, when all connections are open.
func awaitResult(l *process, spec load.Spec) (load.Result, error) {
	line, err := l.hear(spec.Warmup + spec.Duration + slack)
	if err != nil {
		return load.Result{}, err
	}
	var result load.Result
	if err = json.Unmarshal([]byte(line), &result); err != nil {
		return load.Result{}, l.failure(fmt.Errorf("answered %q: %w", line, err))
	}
	return result, nil
}
