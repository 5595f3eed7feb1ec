package ws

import (
	"context"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

const (
	// drainStep is about how often Shutdown closes the next few sessions.
	drainStep = 10 * time.Millisecond
	// cutGrace is how long sessions that were cut may take to run OnClose.
	cutGrace = 200 * time.Millisecond
)

// Shutdown refuses new sessions with [ErrDraining] and closes the open ones
// with 1001, what was queued for them first. It closes DrainRate sessions a
// second, or as many more as it takes to reach all in half the time. It returns
// as soon as all are gone. When ctx ends or DrainTimeout passes it cuts those
// that are left, cancels their contexts, and returns an error that counts them.
//
// It may be called more than once and from several goroutines; each call waits.
func (h *Hub) Shutdown(ctx context.Context) error {
	if h == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, h.config.DrainTimeout)
	defer cancel()
	defer h.detach()

	h.mu.Lock()
	first := !h.draining
	h.draining = true
	h.signalGone()
	h.mu.Unlock()

	if first {
		h.closeInSteps(ctx)
	}
	select {
	case <-h.gone:
		return nil
	case <-ctx.Done():
		return h.cutAll()
	}
}

// closeInSteps closes the open sessions at the configured pace until ctx ends.
func (h *Hub) closeInSteps(ctx context.Context) {
	sessions := h.all()
	each, step := h.drainPace(len(sessions))
	ticker := time.NewTicker(step)
	defer ticker.Stop()
	for {
		n := min(each, len(sessions))
		for _, s := range sessions[:n] {
			s.shutdown()
		}
		sessions = sessions[n:]
		if len(sessions) == 0 {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// drainPace returns how many of n sessions to close at each step, and how long
// a step takes, which makes up for a fraction of a session.
func (h *Hub) drainPace(n int) (each int, step time.Duration) {
	if h.config.DrainRate == Unlimited {
		return n, drainStep
	}
	inHalfTheTime := float64(n) / (h.config.DrainTimeout.Seconds() / 2)
	rate := max(float64(h.config.DrainRate), inHalfTheTime)
	each = max(1, int(rate*drainStep.Seconds()))
	return each, time.Duration(float64(each) / rate * float64(time.Second))
}

// cutAll breaks every connection that is left.
func (h *Hub) cutAll() error {
	left := h.all()
	for _, s := range left {
		s.cut()
	}
	select {
	case <-h.gone:
	case <-time.After(cutGrace):
	}
	return gerror.NewCodef(gcode.CodeOperationFailed,
		"the time to drain was over: %d sessions were cut, %d still run a handler", len(left), h.running())
}

// all returns the open sessions.
func (h *Hub) all() []*Session {
	sessions := make([]*Session, 0, h.Len())
	h.each(func(s *Session) { sessions = append(sessions, s) })
	return sessions
}

// running counts what Shutdown still waits for.
func (h *Hub) running() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.open + h.opening + h.closing
}
