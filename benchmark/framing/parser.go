package framing

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Receiver gets the messages of one connection.
type Receiver interface {
	// Receive gets one message, whose payload is valid until it returns.
	// deflated tells that it is compressed.
	Receive(payload []byte, deflated bool) error
}

// ErrFrame is wrapped by all errors about frames that no server may send.
var ErrFrame = errors.New("not a frame of a server")

// Parser takes apart what one server sends. Its zero value is ready.
type Parser struct {
	partial  []byte // the start of a frame whose rest has not come
	message  []byte // the fragments of a message so far
	within   bool   // a fragmented message has begun
	deflated bool   // the fragmented message is compressed
}

// Feed takes the next bytes of the stream and gives each message that is whole
// to r. Pings and pongs are passed over; a close frame is an error.
func (p *Parser) Feed(data []byte, r Receiver) error {
	if len(p.partial) == 0 {
		rest, err := p.frames(data, r)
		p.partial = append(p.partial[:0], rest...)
		return err
	}
	p.partial = append(p.partial, data...)
	rest, err := p.frames(p.partial, r)
	p.partial = p.partial[:copy(p.partial, rest)]
	return err
}

// frames handles the whole frames at the start of data and returns what is left.
func (p *Parser) frames(data []byte, r Receiver) ([]byte, error) {
	for {
		head, size, err := header(data)
		if err != nil {
			return nil, err
		}
		if head == 0 || size > uint64(len(data)-head) {
			return data, nil
		}
		end := head + int(size)
		if err = p.frame(data[0], data[head:end], r); err != nil {
			return nil, err
		}
		data = data[end:]
	}
}

// header returns the length of the header at the start of data, 0 for one that
// is not whole, and the size of the payload behind it.
func header(data []byte) (head int, size uint64, err error) {
	if len(data) < 2 {
		return 0, 0, nil
	}
	if data[1]&maskBit != 0 {
		return 0, 0, fmt.Errorf("%w: it is masked", ErrFrame)
	}
	switch length := data[1]; {
	case length < 126:
		return 2, uint64(length), nil
	case length == 126:
		if len(data) < 4 {
			return 0, 0, nil
		}
		return 4, uint64(binary.BigEndian.Uint16(data[2:])), nil
	default:
		if len(data) < 10 {
			return 0, 0, nil
		}
		return 10, binary.BigEndian.Uint64(data[2:]), nil
	}
}

func (p *Parser) frame(first byte, payload []byte, r Receiver) error {
	final, deflated := first&finBit != 0, first&rsv1Bit != 0
	switch opcode := first & 0x0f; opcode {
	case Ping, Pong:
		return nil
	case Close:
		return closed(payload)
	case Text, Binary:
		if p.within {
			return fmt.Errorf("%w: a message begins within another", ErrFrame)
		}
		if final {
			return r.Receive(payload, deflated)
		}
		p.within, p.deflated = true, deflated
		p.message = append(p.message[:0], payload...)
		return nil
	case Continuation:
		return p.continuation(payload, final, r)
	default:
		return fmt.Errorf("%w: opcode %#x", ErrFrame, opcode)
	}
}

func (p *Parser) continuation(payload []byte, final bool, r Receiver) error {
	if !p.within {
		return fmt.Errorf("%w: a continuation of nothing", ErrFrame)
	}
	p.message = append(p.message, payload...)
	if !final {
		return nil
	}
	p.within = false
	return r.Receive(p.message, p.deflated)
}

func closed(payload []byte) error {
	if len(payload) < 2 {
		return errors.New("the server closed without a code")
	}
	return fmt.Errorf("the server closed with %d %q", binary.BigEndian.Uint16(payload), payload[2:])
}
