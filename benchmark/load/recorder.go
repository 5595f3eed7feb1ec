package load

import "time"

// recorder leaves the warm-up out, and takes the server's CPU time at both ends
// of the rest.
type recorder struct {
	spec      Spec
	cpuTime   func(pid int) (time.Duration, error)
	histogram histogram
	warmup    int64 // messages that came before recording
	recording bool
	from      time.Duration // when recording began
	cpu       time.Duration // of the server then
	result    Result
}

// took records one message.
func (r *recorder) took(d time.Duration) {
	if !r.recording {
		r.warmup++
		return
	}
	r.histogram.add(d)
}

// step tells the time, and when something last came. It reports whether the
// measurement is over, which takes at least one message.
func (r *recorder) step(now, last time.Duration) (done bool, err error) {
	if now-last > stuckAfter {
		r.result = Result{Stuck: true}
		return true, nil
	}
	if !r.recording {
		if now < r.spec.Warmup || r.warmup < r.spec.WarmupMessages {
			return false, nil
		}
		r.recording, r.from = true, now
		r.cpu, err = r.cpuTime(r.spec.PID)
		return false, err
	}
	if now-r.from < r.spec.Duration || r.histogram.total == 0 {
		return false, nil
	}
	cpu, err := r.cpuTime(r.spec.PID)
	if err != nil {
		return true, err
	}
	r.result = Result{
		Messages: r.histogram.total,
		Elapsed:  now - r.from,
		CPU:      cpu - r.cpu,
		P50:      r.histogram.quantile(0.50),
		P99:      r.histogram.quantile(0.99),
	}
	return true, nil
}
