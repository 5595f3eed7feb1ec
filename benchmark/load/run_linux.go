package load

import (
	"fmt"
	"io"
	"time"

	"github.com/gfws/gf-websocket/benchmark/framing"
	"github.com/gfws/gf-websocket/benchmark/machine"
)

// settle is how long a server has to get its connections ready.
const settle = 200 * time.Millisecond

// Run makes the measurement. One that is idle calls ready when all connections
// are open, and holds them until release is at its end; the others pay no heed
// to both.
func Run(spec Spec, ready func() error, release io.Reader) (Result, error) {
	if spec.Size < MinSize || spec.Connections <= spec.Stalled {
		return Result{}, fmt.Errorf("%d connections and %d bytes are too few", spec.Connections, spec.Size)
	}
	switch {
	case spec.Kind == Idle:
		return Result{}, idle(spec, ready, release)
	case spec.Kind == Broadcast && !spec.TLS:
		return broadcast(spec)
	case spec.Kind == Echo && spec.TLS:
		return echoTLS(spec)
	case spec.Kind == Echo:
		return echo(spec)
	default:
		return Result{}, fmt.Errorf("no such load: %s, TLS %t", spec.Kind, spec.TLS)
	}
}

func newContent(spec Spec) (content, error) {
	switch {
	case spec.Raw:
		return newBare(spec.Size), nil
	case spec.Calls:
		return newCalls(spec.Size), nil
	case spec.Deflate:
		return newDeflated(spec.Size)
	default:
		return newPlain(spec.Size), nil
	}
}

func newParser(spec Spec) feeder {
	if spec.Raw {
		return &records{size: spec.Size}
	}
	return new(framing.Parser)
}

// connect returns an engine with all connections open.
func connect(spec Spec, sender func(*connection) uint32) (*engine, error) {
	content, err := newContent(spec)
	if err != nil {
		return nil, err
	}
	e, err := newEngine(content)
	if err != nil {
		return nil, err
	}
	e.sender = sender
	e.recorder = recorder{spec: spec, cpuTime: machine.CPUTime}
	for range spec.Connections {
		s, err := open(spec, false)
		if err != nil {
			return nil, fmt.Errorf("connection %d: %w", len(e.conns), err)
		}
		if err = e.add(s, newParser(spec), spec.InFlight); err != nil {
			return nil, err
		}
	}
	// A server may take a connection into its hub only after the handshake.
	time.Sleep(settle)
	e.start = time.Now()
	return e, nil
}
