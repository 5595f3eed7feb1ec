package run

import (
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/gfws/gf-websocket/benchmark/machine"
	"github.com/gfws/gf-websocket/benchmark/report"
)

// Options choose what is run. The zero value is everything at the full pace.
type Options struct {
	// Dir is the folder benchmark.
	Dir string
	// Pace is how long it takes.
	Pace Pace
	// Workloads and Servers name those to run; empty for all.
	Workloads, Servers []string
	// Progress gets a line for each measurement.
	Progress io.Writer
}

// Runner makes the measurements.
type Runner struct {
	dir, executable  string
	certificate, key string
	serverCore       int
	loadCore         int
	pace             Pace
	progress         io.Writer
}

// openFiles are those that a process needs for the largest workload.
const openFiles = 10500

// Run makes all measurements that are asked for, one after the other.
func Run(o Options) (report.Report, error) {
	chosen, err := choose(workloads(), o.Workloads, o.Servers)
	if err != nil {
		return report.Report{}, err
	}
	r, cleanup, err := newRunner(o, chosen)
	if err != nil {
		return report.Report{}, err
	}
	defer cleanup()
	result := report.Report{
		Date:     time.Now(),
		Machine:  machine.Describe(),
		Pinned:   r.serverCore != anyCore,
		Rounds:   o.Pace.Rounds,
		Duration: o.Pace.Duration,
		Versions: versions(o.Dir),
	}
	for _, w := range chosen {
		table, err := r.table(w)
		if err != nil {
			return report.Report{}, err
		}
		result.Tables = append(result.Tables, table)
	}
	result.Took = time.Since(result.Date)
	return result, nil
}

func newRunner(o Options, chosen []workload) (*Runner, func(), error) {
	if err := machine.Check(); err != nil {
		return nil, nil, err
	}
	if err := machine.RaiseOpenFiles(min(openFiles, 2*o.Pace.MaxConnections+500)); err != nil {
		return nil, nil, err
	}
	if err := checkNode(o.Dir, chosen); err != nil {
		return nil, nil, err
	}
	executable, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	r := &Runner{dir: o.Dir, executable: executable, pace: o.Pace, progress: o.Progress}
	if err = r.pin(); err != nil {
		return nil, nil, err
	}
	folder, err := os.MkdirTemp("", "gfws-benchmark-")
	if err != nil {
		return nil, nil, err
	}
	cleanup := func() { _ = os.RemoveAll(folder) }
	if r.certificate, r.key, err = writeCertificate(folder); err != nil {
		cleanup()
		return nil, nil, err
	}
	return r, cleanup, nil
}

// pin gives server and load a core each where there are two.
func (r *Runner) pin() error {
	r.serverCore, r.loadCore = anyCore, anyCore
	cores, err := machine.Cores()
	if err != nil || len(cores) < 2 {
		return err
	}
	r.serverCore, r.loadCore = cores[0], cores[1]
	return nil
}

// table measures the entries round robin, so that a change of the machine's
// pace meets them all; each round begins with another one.
func (r *Runner) table(w workload) (report.Table, error) {
	table := report.NewTable(w.key, w.title, w.note, w.measure)
	for _, e := range w.entries {
		table.Rows = append(table.Rows, report.Row{Label: e.label, Server: e.server})
	}
	for round := range r.pace.Rounds {
		for i := range w.entries {
			at := (i + round) % len(w.entries)
			sample, err := r.measure(w, w.entries[at])
			if err != nil {
				return table, fmt.Errorf("%s, %s: %w", w.key, w.entries[at].label, err)
			}
			table.Rows[at].Samples = append(table.Rows[at].Samples, sample)
			fmt.Fprintf(r.progress, "%s %d/%d %s: %s\n", w.key, round+1, r.pace.Rounds, w.entries[at].label, sample)
		}
	}
	return table, nil
}

// choose keeps the named workloads and servers, or all where none is named.
func choose(all []workload, names, servers []string) ([]workload, error) {
	var chosen []workload
	for _, w := range all {
		if len(names) > 0 && !slices.Contains(names, w.key) {
			continue
		}
		w.entries = slices.DeleteFunc(slices.Clone(w.entries), func(e entry) bool {
			return len(servers) > 0 && !slices.Contains(servers, e.server)
		})
		if len(w.entries) > 0 {
			chosen = append(chosen, w)
		}
	}
	if len(chosen) == 0 {
		keys := make([]string, len(all))
		for i, w := range all {
			keys[i] = w.key
		}
		return nil, fmt.Errorf("nothing to run; the workloads are %q", keys)
	}
	return chosen, nil
}
