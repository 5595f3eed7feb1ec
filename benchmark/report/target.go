package report

import (
	"math"
)

// target is one line of what gfws must reach: a figure, divided by that of
// another row where one is named.
type target struct {
	work, figure string
	most         float64
	digits       int
	table        string
	row, against string
	read         Figure
}

// targets are those of the project.
func targets() []target {
	const (
		cpuAgainstGws     = "CPU per message against gws"
		cpuAgainstGoFrame = "CPU per message against GoFrame's documented loop"
		perDelivery       = "CPU per delivery against gws's Broadcaster"
	)
	return []target{
		{"100 connections, 128 B, one in flight", cpuAgainstGws, 1.05, 2, "echo-100x128", "gfws", "gws", cpu},
		{"the same", cpuAgainstGoFrame, 0.95, 2, "echo-100x128", "gfws", "goframe", cpu},
		{"1,000 connections, 128 B, one in flight", cpuAgainstGws, 0.97, 2, "echo-1000x128", "gfws", "gws", cpu},
		{"100 connections, 128 B, 16 in flight, sent in batches", cpuAgainstGws, 0.15, 2, "echo-batched", "gfws", "gws", cpu},
		{"the same, each sent in its own write", cpuAgainstGws, 0.95, 2, "echo-own-writes", "gfws", "gws", cpu},
		{"100 connections, 16 KiB", cpuAgainstGws, 1.05, 2, "echo-100x16k", "gfws", "gws", cpu},
		{"the same", cpuAgainstGoFrame, 0.35, 2, "echo-100x16k", "gfws", "goframe", cpu},
		{"idle connection, plain", "resident bytes after GC", 8500, 0, "idle", "gfws", "", bytes},
		{"the same", "against gws", 0.70, 2, "idle", "gfws", "gws", bytes},
		{"idle connection, TLS", "against GoFrame's documented loop over TLS", 0.50, 2, "idle-tls", "gfws", "goframe", bytes},
		{"broadcast to 1,000, 8 in flight", perDelivery, 0.35, 2, "broadcast-1000x8", "gfws", "gws", cpu},
		{"broadcast to 1,000, one in flight", perDelivery, 1.00, 2, "broadcast-1000", "gfws", "gws", cpu},
		{"broadcast to 10,000, one in flight", perDelivery, 1.00, 2, "broadcast-10000", "gfws", "gws", cpu},
		{"JSON-RPC call", "CPU per call against a loop by hand of gorilla and encoding/json", 1.40, 2, "calls", "gfws", "gorilla", cpu},
		{"one stalled reader among 1,000", "others' p99 against none stalled", 1.10, 2, "stalled", "gfws, one stalled", "gfws, none stalled", p99},
	}
}

// outcome is what became of a target.
type outcome struct {
	target
	value    float64
	low, top float64 // of the single rounds
	reached  bool
}

// outcome returns false where the rows were not measured or got stuck.
func (t target) outcome(r Report) (outcome, bool) {
	row, ok := r.row(t.table, t.row)
	if !ok {
		return outcome{}, false
	}
	value, stuck := median(row.Samples, t.read)
	if stuck {
		return outcome{}, false
	}
	rounds := figures(row, t.read)
	if t.against != "" {
		other, ok := r.row(t.table, t.against)
		if !ok {
			return outcome{}, false
		}
		base, stuck := median(other.Samples, t.read)
		if stuck || base == 0 {
			return outcome{}, false
		}
		value /= base
		rounds = quotients(rounds, figures(other, t.read))
	}
	o := outcome{target: t, value: value, low: math.Inf(1), top: math.Inf(-1), reached: value <= t.most}
	for _, round := range rounds {
		o.low, o.top = min(o.low, round), max(o.top, round)
	}
	return o, true
}

func figures(row Row, read Figure) []float64 {
	values := make([]float64, len(row.Samples))
	for i, s := range row.Samples {
		values[i] = read(s)
	}
	return values
}

// quotients divides round by round, leaving out those where there is nothing to
// divide by.
func quotients(values, bases []float64) []float64 {
	var result []float64
	for i := range min(len(values), len(bases)) {
		if values[i] > 0 && bases[i] > 0 {
			result = append(result, values[i]/bases[i])
		}
	}
	return result
}
