package load

import "time"

// echoing keeps messages in flight on every connection.
type echoing struct {
	engine *engine
	spec   Spec
}

func (t *echoing) begin() error {
	for _, c := range t.engine.conns {
		if err := t.fill(c); err != nil {
			return err
		}
	}
	return nil
}

// fill brings c from nothing to all that may be in flight.
func (t *echoing) fill(c *connection) error {
	if t.spec.Batched {
		return t.engine.send(c, t.spec.InFlight)
	}
	for range t.spec.InFlight {
		if err := t.engine.send(c, 1); err != nil {
			return err
		}
	}
	return nil
}

func (t *echoing) came(c *connection, now time.Duration) error {
	t.engine.recorder.took(now - c.started[(c.received-1)%uint64(len(c.started))])
	if !t.spec.Batched {
		return t.engine.send(c, 1)
	}
	if c.received < c.sent {
		return nil
	}
	return t.fill(c)
}

func echo(spec Spec) (Result, error) {
	e, err := connect(spec, func(c *connection) uint32 { return c.id })
	if err != nil {
		return Result{}, err
	}
	e.traffic = &echoing{engine: e, spec: spec}
	err = e.run()
	return e.recorder.result, err
}
