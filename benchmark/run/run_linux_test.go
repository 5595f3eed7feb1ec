package run

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/benchmark/load"
	"github.com/gfws/gf-websocket/benchmark/report"
)

func TestWorkloadsAreNamedOnceAndMeasurable(t *testing.T) {
	seen := make(map[string]bool)
	for _, w := range workloads() {
		if seen[w.key] || w.key == "" || w.title == "" || len(w.entries) == 0 {
			t.Errorf("%q is named twice or lacks something", w.key)
		}
		seen[w.key] = true
		for _, e := range w.entries {
			spec := w.at(ShortPace(), e)
			if spec.Size < load.MinSize || spec.InFlight < 1 || spec.Connections <= spec.Stalled {
				t.Errorf("%s, %s: %+v", w.key, e.label, spec)
			}
			if spec.Connections > ShortPace().MaxConnections {
				t.Errorf("%s has %d connections at the short pace", w.key, spec.Connections)
			}
			if spec.Raw != (e.server == "tcp") {
				t.Errorf("%s, %s: raw is %t", w.key, e.label, spec.Raw)
			}
		}
	}
}

// What is measured is what must be reached.
func TestEveryTargetHasItsRow(t *testing.T) {
	var result report.Report
	for _, w := range workloads() {
		table := report.NewTable(w.key, w.title, w.note, w.measure)
		for _, e := range w.entries {
			sample := report.Sample{CPU: 1, PerSecond: 1, P50: 1, P99: 1, Bytes: 1}
			table.Rows = append(table.Rows, report.Row{Label: e.label, Server: e.server, Samples: []report.Sample{sample}})
		}
		result.Tables = append(result.Tables, table)
	}
	var text strings.Builder
	if err := result.Markdown(&text); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text.String(), "not measured") {
		t.Error(text.String())
	}
}

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		name               string
		workloads, servers []string
		tables, rows       int
	}{
		{"all", nil, nil, len(workloads()), -1},
		{"one workload", []string{"stalled"}, nil, 1, 8},
		{"one server", nil, []string{"tcp"}, 5, 5},
		{"both", []string{"idle", "stalled"}, []string{"gfws"}, 2, 3},
	} {
		chosen, err := choose(workloads(), c.workloads, c.servers)
		rows := 0
		for _, w := range chosen {
			rows += len(w.entries)
		}
		if err != nil || len(chosen) != c.tables || c.rows >= 0 && rows != c.rows {
			t.Errorf("%s: %d tables with %d rows, %v", c.name, len(chosen), rows, err)
		}
	}
	for _, names := range [][2][]string{{{"none"}, nil}, {nil, {"none"}}, {{"idle"}, {"tcp"}}} {
		if chosen, err := choose(workloads(), names[0], names[1]); err == nil {
			t.Errorf("%q gave %d tables", names, len(chosen))
		}
	}
}

func TestProcessThatDoesNotAnswerIsEnded(t *testing.T) {
	for name, c := range map[string]struct {
		command *exec.Cmd
		timeout time.Duration
		want    string
	}{
		"it ends":       {exec.Command("go", "no-such-command"), time.Minute, "no-such-command"},
		"it takes long": {exec.Command("cat"), 50 * time.Millisecond, "no answer within"},
	} {
		p, err := start(name, anyCore, c.command)
		if err != nil {
			t.Fatal(err)
		}
		if line, err := p.hear(c.timeout); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q, %v", name, line, err)
		}
	}
}
