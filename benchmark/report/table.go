package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/gfws/gf-websocket/benchmark/machine"
)

// Measure is what a table shows.
type Measure int

const (
	// Echo is CPU per message, throughput and latency.
	Echo Measure = iota
	// Broadcast is the same per delivery.
	Broadcast
	// Memory is resident bytes per connection.
	Memory
	// Latency is p50, p99 and throughput.
	Latency
)

// column is one figure of a table.
type column struct {
	title  string
	digits int // behind the point
	figure Figure
}

// columns returns those of m, what it is about first.
func (m Measure) columns() []column {
	latencies := []column{{"p50, ms", 3, p50}, {"p99, ms", 3, p99}}
	switch m {
	case Memory:
		return []column{{"resident bytes per connection", 0, bytes}}
	case Latency:
		return []column{latencies[1], latencies[0], {"deliveries a second", 0, perSecond}}
	case Broadcast:
		return append([]column{{"CPU s per million deliveries", 2, cpu}, {"deliveries a second", 0, perSecond}}, latencies...)
	default:
		return append([]column{{"CPU s per million messages", 2, cpu}, {"messages a second", 0, perSecond}}, latencies...)
	}
}

// Report is a whole run.
type Report struct {
	Date     time.Time
	Took     time.Duration
	Machine  machine.Description
	Pinned   bool // server and load had a core each
	Rounds   int
	Duration time.Duration     // of each measurement
	Versions map[string]string // by server
	Tables   []Table
}

// Table is one workload.
type Table struct {
	Key, Title, Note string
	Measure          Measure
	Rows             []Row
}

// NewTable returns a table without rows.
func NewTable(key, title, note string, measure Measure) Table {
	return Table{Key: key, Title: title, Note: note, Measure: measure}
}

// Row is one server, with a sample for each round.
type Row struct {
	Label, Server string
	Samples       []Sample
}

// sorted returns the rows, the least of the first column first and those that
// got stuck last.
func (t Table) sorted() []Row {
	first := t.Measure.columns()[0].figure
	rows := slices.Clone(t.Rows)
	slices.SortStableFunc(rows, func(a, b Row) int {
		x, xStuck := median(a.Samples, first)
		y, yStuck := median(b.Samples, first)
		if xStuck != yStuck {
			return map[bool]int{true: 1, false: -1}[xStuck]
		}
		return cmp.Compare(x, y)
	})
	return rows
}

// row returns that of the label, or false.
func (r Report) row(key, label string) (Row, bool) {
	for _, t := range r.Tables {
		if t.Key != key {
			continue
		}
		for _, row := range t.Rows {
			if row.Label == label {
				return row, true
			}
		}
	}
	return Row{}, false
}
