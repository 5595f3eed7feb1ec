package load

import (
	"fmt"
	"io"
)

// idle exchanges one message on each connection, since one that has never been
// used costs a server less, and leaves them open. Once released it exchanges
// another, so that connections that the server has given up are noticed.
func idle(spec Spec, ready func() error, release io.Reader) error {
	content, err := newContent(spec)
	if err != nil {
		return err
	}
	held := make([]*blocking, 0, spec.Connections)
	for id := range spec.Connections {
		conn, err := openAny(spec)
		if err != nil {
			return fmt.Errorf("connection %d: %w", id, err)
		}
		held = append(held, &blocking{conn: conn, content: content, id: uint32(id), parser: newParser(spec)})
		if err = held[id].exchange(); err != nil {
			return fmt.Errorf("connection %d: %w", id, err)
		}
	}
	if err = ready(); err != nil {
		return err
	}
	if _, err = io.Copy(io.Discard, release); err != nil {
		return err
	}
	for id, peer := range held {
		if err = peer.exchange(); err != nil {
			return fmt.Errorf("connection %d was not kept: %w", id, err)
		}
	}
	return nil
}

func openAny(spec Spec) (io.ReadWriter, error) {
	if spec.TLS {
		return openTLS(spec)
	}
	return open(spec, false)
}

// blocking is a connection with one message in flight.
type blocking struct {
	conn     io.ReadWriter
	content  content
	id       uint32
	parser   feeder
	received uint64
	buffer   []byte
	frame    []byte
}

// Receive implements framing.Receiver.
func (b *blocking) Receive(payload []byte, deflated bool) error {
	err := b.content.check(b.id, b.received, payload, deflated)
	b.received++
	return err
}

// exchange sends the next message and waits until it is back.
func (b *blocking) exchange() error {
	if b.buffer == nil {
		b.buffer = make([]byte, 4<<10)
	}
	want := b.received + 1
	b.frame = b.content.appendMessage(b.frame[:0], b.id, b.received)
	if _, err := b.conn.Write(b.frame); err != nil {
		return err
	}
	for b.received < want {
		n, err := b.conn.Read(b.buffer)
		if err != nil {
			return err
		}
		if err = b.parser.Feed(b.buffer[:n], b); err != nil {
			return err
		}
	}
	return nil
}
