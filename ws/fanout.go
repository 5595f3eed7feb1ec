package ws

import "github.com/gfws/gf-websocket/utility/batchconn"

const (
	// fewReceivers are flushed at once, each by itself, and do not stand in line
	// behind a large room.
	fewReceivers = 16
	// largestFanout is the longest list worth keeping, in sessions.
	largestFanout = 16 << 10
)

// Send sends m to everyone in a and returns for how many sessions of this node
// it was queued. It waits for none of them: one that is too slow meets the queue
// policy, and the others do not notice. m is encoded once, and compressed once.
//
// Those who are in a room or of a user from before Send until it returns get m,
// those who are not do not. All of them get what is sent to one room or user
// from this node in the same order.
//
// An error is that of [Prepare] or [ErrNoHub], when nothing is sent, or of the
// broker, when it was sent on this node only.
func (a Audience) Send(m Message) (queued int, err error) {
	p, err := Prepare(m)
	if err != nil {
		return 0, err
	}
	return a.SendPrepared(p)
}

// SendPrepared is [Audience.Send] for a prepared message.
func (a Audience) SendPrepared(p *Prepared) (queued int, err error) {
	return a.deliver(p), a.publish(Envelope{Message: p.message})
}

// Close closes every session in a as [Session.Close] does, and returns how many
// there were on this node. Its error is that of Session.Close for the code, or
// of the broker.
func (a Audience) Close(code Code, reason string) (closing int, err error) {
	if err = code.checkSendable(); err != nil {
		return 0, err
	}
	return a.closeAll(code, reason), a.publish(Envelope{Code: code, Reason: reason})
}

func (a Audience) closeAll(code Code, reason string) int {
	var sessions []*Session
	a.each(func(s *Session) { sessions = append(sessions, s) })
	for _, s := range sessions {
		s.startClose(Close{Code: code, Reason: reason, By: ByServer})
	}
	return len(sessions)
}

// deliver queues p for the sessions of this node, and then has it flushed.
func (a Audience) deliver(p *Prepared) int {
	if a.hub == nil {
		return 0
	}
	f := a.hub.fanout()
	a.each(func(s *Session) { f.queue(s, p) })
	queued := f.queued
	f.flush(&a.hub.flushers)
	a.hub.fanouts.Put(f)
	return queued
}

// fanout is one message on its way to many.
type fanout struct {
	queued int
	conns  []*batchconn.Conn // to be flushed
}

func (h *Hub) fanout() *fanout {
	if f, ok := h.fanouts.Get().(*fanout); ok {
		return f
	}
	return &fanout{}
}

func (f *fanout) queue(s *Session, p *Prepared) {
	flush, err := s.queuePrepared(p)
	if err == nil {
		f.queued++
	}
	if flush {
		f.conns = append(f.conns, s.out.Conn)
	}
}

// flush sends what was queued, and makes f ready for the next.
func (f *fanout) flush(flushers *batchconn.Flushers) {
	if len(f.conns) <= fewReceivers {
		for _, c := range f.conns {
			c.FlushAsync()
		}
	} else {
		flushers.Add(f.conns)
	}
	clear(f.conns)
	f.queued, f.conns = 0, f.conns[:0]
	if cap(f.conns) > largestFanout {
		f.conns = nil
	}
}

// each calls visit for every open session.
func (h *Hub) each(visit func(s *Session)) {
	h.directory.visit(visit)
}
