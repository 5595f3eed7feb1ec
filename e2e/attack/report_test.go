package attack

import (
	"fmt"
	"io"
	"testing"
	"time"
)

// row is what came of one attack. What was allowed is what a limit lets in, and so
// is no success of the attacker's; the rest of what was tried must be stopped.
type row struct {
	name                    string
	tried, allowed, stopped int
	honest                  summary
	memory                  int64

	secrets []secret
	logs    string
}

// report is what came of all.
type report struct{ rows []row }

func (r *report) add(came row) { r.rows = append(r.rows, came) }

// theft looks for secrets in the logs of all servers.
func (r *report) theft(t *testing.T) row {
	came := row{name: "token theft by log"}
	for _, attacked := range r.rows {
		if attacked.logs == "" {
			t.Errorf("%s: nothing was logged", attacked.name)
		}
		for _, s := range attacked.secrets {
			came.tried++
			if form := s.foundIn(attacked.logs); form != "" {
				t.Errorf("%s: the logs have %s, as %s", attacked.name, s.what, form)
				continue
			}
			came.stopped++
		}
	}
	if came.tried == 0 {
		t.Error("nothing was secret")
	}
	return came
}

// print writes a table.
func (r *report) print(w io.Writer) {
	const line = "%-42s %7v %8v %8v %9v %7v %8v %8v %5v\n"
	fmt.Fprintf(w, line, "attack", "tried", "allowed", "stopped", "honest in", "failed", "p50 ms", "p99 ms", "MiB")
	for _, came := range r.rows {
		fmt.Fprintf(w, line, came.name, came.tried, came.allowed, came.stopped, came.honest.served, came.honest.failed,
			milliseconds(came.honest.median), milliseconds(came.honest.slowest), came.memory>>20)
	}
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond))
}
