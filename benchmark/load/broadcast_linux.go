package load

import "time"

// broadcasting sends on the first connection and counts on all that read.
type broadcasting struct {
	engine  *engine
	spec    Spec
	missing int // deliveries of what is in flight
}

func (t *broadcasting) begin() error { return t.publish() }

// publish sends the next InFlight messages in one write.
func (t *broadcasting) publish() error {
	t.missing = t.spec.InFlight * len(t.engine.conns)
	return t.engine.send(t.engine.conns[0], t.spec.InFlight)
}

func (t *broadcasting) came(c *connection, now time.Duration) error {
	publisher := t.engine.conns[0]
	t.engine.recorder.took(now - publisher.started[(c.received-1)%uint64(len(publisher.started))])
	if t.missing--; t.missing > 0 {
		return nil
	}
	return t.publish()
}

func broadcast(spec Spec) (Result, error) {
	stalled := make([]socket, 0, spec.Stalled)
	for range spec.Stalled {
		s, err := open(spec, true)
		if err != nil {
			return Result{}, err
		}
		stalled = append(stalled, s)
	}
	spec.Connections -= len(stalled)
	e, err := connect(spec, func(*connection) uint32 { return 0 })
	if err != nil {
		return Result{}, err
	}
	e.traffic = &broadcasting{engine: e, spec: spec}
	err = e.run()
	return e.recorder.result, err
}
