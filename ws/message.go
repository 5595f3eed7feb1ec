package ws

import "strconv"

// Type tells a text message from a binary one. Its values are the opcodes of
// RFC 6455 section 5.2, and so equal gorilla's and ghttp's constants.
type Type int

const (
	// Text marks a message whose data is valid UTF-8.
	Text Type = 1
	// Binary marks a message of arbitrary bytes.
	Binary Type = 2
)

// String returns "text" or "binary", or the number of an unknown type.
func (t Type) String() string {
	switch t {
	case Text:
		return "text"
	case Binary:
		return "binary"
	default:
		return "type " + strconv.Itoa(int(t))
	}
}

// Message is one whole message, its fragments joined.
//
// In [Handler.OnMessage] Data is valid only until OnMessage returns, since its
// memory is used again for the next message: take [Message.Clone] to keep it.
// [Session.Send] copies what it is given, so sending m back is safe.
type Message struct {
	Type Type
	Data []byte
}

// TextMessage returns a text message of s.
func TextMessage(s string) Message {
	return Message{Type: Text, Data: []byte(s)}
}

// BinaryMessage returns a binary message of data, which is not copied.
func BinaryMessage(data []byte) Message {
	return Message{Type: Binary, Data: data}
}

// Clone returns a copy of m that stays valid after [Handler.OnMessage].
func (m Message) Clone() Message {
	return Message{Type: m.Type, Data: append([]byte{}, m.Data...)}
}
