package load

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gfws/gf-websocket/benchmark/machine"
)

// echoTLS has a goroutine for each connection, since crypto/tls has no other
// way; so the generator is slower here, and the messages a second are a lower
// bound.
func echoTLS(spec Spec) (Result, error) {
	if spec.InFlight != 1 || spec.Deflate {
		return Result{}, errors.New("over TLS one plain message is in flight")
	}
	content, err := newContent(spec)
	if err != nil {
		return Result{}, err
	}
	shared := &sharedRecorder{recorder: recorder{spec: spec, cpuTime: machine.CPUTime}}
	peers := make([]*blocking, spec.Connections)
	for id := range peers {
		conn, err := openTLS(spec)
		if err != nil {
			return Result{}, fmt.Errorf("connection %d: %w", id, err)
		}
		peers[id] = &blocking{conn: conn, content: content, id: uint32(id), parser: newParser(spec)}
	}
	shared.start = time.Now()
	var group sync.WaitGroup
	for _, peer := range peers {
		group.Go(func() { shared.keepExchanging(peer) })
	}
	group.Wait()
	return shared.recorder.result, shared.err
}

// sharedRecorder is a recorder for many goroutines.
type sharedRecorder struct {
	start time.Time

	mu       sync.Mutex
	recorder recorder
	done     bool
	err      error
}

func (s *sharedRecorder) keepExchanging(peer *blocking) {
	for {
		began := time.Now()
		err := peer.exchange()
		if s.exchanged(time.Since(began), err) {
			return
		}
	}
}

// exchanged reports whether the measurement is over.
func (s *sharedRecorder) exchanged(took time.Duration, err error) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return true
	}
	if err == nil {
		s.recorder.took(took)
		now := time.Since(s.start)
		s.done, err = s.recorder.step(now, now)
	}
	if err != nil {
		s.done, s.err = true, err
	}
	return s.done
}
