package jsonrpc

import (
	"sync"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// parkTime is how long a worker waits for more to do, once or twice that.
const parkTime = 50 * time.Millisecond

// workers run calls on goroutines that are used again, since a fresh one has to
// grow its stack each time. The zero value is ready; one timer ends those that
// had nothing to do.
type workers struct {
	mu      sync.Mutex
	parked  []chan *Request // the last one has parked last
	resting int             // how many of the first are parked since the timer
	timing  bool
}

// run gives r to a parked worker or to a new one.
func (w *workers) run(r *Request) {
	w.mu.Lock()
	last := len(w.parked) - 1
	if last < 0 {
		w.mu.Unlock()
		go w.work(make(chan *Request, 1), r)
		return
	}
	jobs := w.parked[last]
	w.parked[last] = nil
	w.parked = w.parked[:last]
	w.resting = min(w.resting, last)
	w.mu.Unlock()
	jobs <- r
}

// work runs r and what comes after it. A handler may end the goroutine with
// [runtime.Goexit], which no recover sees: then others go on.
func (w *workers) work(jobs chan *Request, r *Request) {
	defer func() {
		if r != nil {
			w.abandoned(r)
		}
	}()
	for r != nil {
		for r != nil {
			r.run()
			r = r.peer.done(r)
		}
		w.park(jobs)
		r = <-jobs
	}
}

// abandoned answers a call whose handler has ended its goroutine.
func (w *workers) abandoned(r *Request) {
	r.answer(nil, gerror.NewCode(gcode.CodeInternalPanic, "handler ended its goroutine"))
	if next := r.peer.done(r); next != nil {
		w.run(next)
	}
}

func (w *workers) park(jobs chan *Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.parked = append(w.parked, jobs)
	if !w.timing {
		w.timing = true
		time.AfterFunc(parkTime, w.end)
	}
}

// end ends the workers that were parked when it was called last.
func (w *workers) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, jobs := range w.parked[:w.resting] {
		close(jobs)
	}
	w.parked = append(w.parked[:0], w.parked[w.resting:]...)
	w.resting = len(w.parked)
	if w.timing = w.resting > 0; w.timing {
		time.AfterFunc(parkTime, w.end)
	}
}
