// Package report turns measurements into tables, ratios and plots.
package report

import (
	"fmt"
	"slices"
	"time"

	"github.com/gfws/gf-websocket/benchmark/load"
)

// Sample is what one measurement found. Which fields are set depends on the
// table's [Measure].
type Sample struct {
	CPU       float64 // of the server, in seconds per million messages
	PerSecond float64 // messages
	P50, P99  float64 // milliseconds
	Bytes     float64 // resident, per connection
	Stuck     bool    // nothing came any more; the rest is zero
}

// NewSample returns the sample of a load that was not idle.
func NewSample(r load.Result) Sample {
	if r.Stuck || r.Messages == 0 {
		return Sample{Stuck: true}
	}
	return Sample{
		CPU:       r.CPU.Seconds() / float64(r.Messages) * 1e6,
		PerSecond: float64(r.Messages) / r.Elapsed.Seconds(),
		P50:       milliseconds(r.P50),
		P99:       milliseconds(r.P99),
	}
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// String tells what is set.
func (s Sample) String() string {
	switch {
	case s.Stuck:
		return "stops"
	case s.PerSecond == 0:
		return fmt.Sprintf("%.0f bytes a connection", s.Bytes)
	default:
		return fmt.Sprintf("%.2f s CPU/M, %.0f/s, p50 %.3f ms, p99 %.3f ms", s.CPU, s.PerSecond, s.P50, s.P99)
	}
}

// Figure reads one number of a sample.
type Figure func(Sample) float64

// The figures of a sample.
func cpu(s Sample) float64       { return s.CPU }
func perSecond(s Sample) float64 { return s.PerSecond }
func p50(s Sample) float64       { return s.P50 }
func p99(s Sample) float64       { return s.P99 }
func bytes(s Sample) float64     { return s.Bytes }

// median returns that of the figure; stuck where most samples are.
func median(samples []Sample, figure Figure) (value float64, stuck bool) {
	values := make([]float64, 0, len(samples))
	for _, s := range samples {
		if !s.Stuck {
			values = append(values, figure(s))
		}
	}
	if 2*len(values) <= len(samples) {
		return 0, true
	}
	slices.Sort(values)
	middle := len(values) / 2
	if len(values)%2 == 0 {
		return (values[middle-1] + values[middle]) / 2, false
	}
	return values[middle], false
}
