package attack

import (
	"slices"
	"sync"
	"time"
)

// pause is between two visits of one visitor.
const pause = 20 * time.Millisecond

// visitors are honest clients that come, say something, hear it back, and go,
// for as long as they are let.
type visitors struct {
	visit func(number int) error

	stop    chan struct{}
	stopped sync.Once
	gone    sync.WaitGroup
	left    chan struct{} // gets one for each visit that ended while somebody waits

	mu       sync.Mutex
	number   int
	took     []time.Duration
	failures []error
}

// summary is what the visitors saw.
type summary struct {
	served, failed  int
	median, slowest time.Duration // of 99 in 100 visits
}

func welcome(count int, visit func(number int) error) *visitors {
	v := &visitors{visit: visit, stop: make(chan struct{}), left: make(chan struct{})}
	for range count {
		v.gone.Go(v.comeAndGo)
	}
	return v
}

func (v *visitors) comeAndGo() {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		v.once()
		select {
		case <-v.stop:
			return
		case <-ticker.C:
		}
	}
}

func (v *visitors) once() {
	v.mu.Lock()
	v.number++
	number := v.number
	v.mu.Unlock()
	began := time.Now()
	err := v.visit(number)
	took := time.Since(began)
	v.mu.Lock()
	if err != nil {
		v.failures = append(v.failures, err)
	} else {
		v.took = append(v.took, took)
	}
	v.mu.Unlock()
	select {
	case v.left <- struct{}{}:
	default:
	}
}

// await returns when as many visits have ended. Each ends in time, see patience.
func (v *visitors) await(visits int) {
	for range visits {
		<-v.left
	}
}

// dismiss ends the visits.
func (v *visitors) dismiss() {
	v.stopped.Do(func() { close(v.stop) })
	v.gone.Wait()
}

// leave ends the visits, and tells what they were.
func (v *visitors) leave() (summary, []error) {
	v.dismiss()
	slices.Sort(v.took)
	s := summary{served: len(v.took), failed: len(v.failures)}
	if s.served > 0 {
		s.median, s.slowest = v.took[s.served/2], v.took[(s.served*99-1)/100]
	}
	return s, v.failures
}
