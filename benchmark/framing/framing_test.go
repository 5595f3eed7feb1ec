package framing

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// inbox keeps what it receives.
type inbox struct {
	messages []string
	deflated []bool
}

func (i *inbox) Receive(payload []byte, deflated bool) error {
	i.messages = append(i.messages, string(payload))
	i.deflated = append(i.deflated, deflated)
	return nil
}

// fromServer returns an unmasked frame.
func fromServer(first byte, payload string) []byte {
	frame := AppendHeader(nil, 0, len(payload), false)
	frame = frame[:len(frame)-MaskSize]
	frame[0] = first
	frame[1] &^= maskBit
	return append(frame, payload...)
}

func TestClientFramesCarryTheirLengthInItsShortestForm(t *testing.T) {
	for size, head := range map[int]int{0: 2, 125: 2, 126: 4, 65535: 4, 65536: 10} {
		frame := AppendHeader(nil, Text, size, false)
		if len(frame) != head+MaskSize {
			t.Errorf("%d bytes: header of %d", size, len(frame))
		}
		if frame[0] != 0x81 || frame[1]&0x80 == 0 {
			t.Errorf("%d bytes: header % x", size, frame[:2])
		}
	}
	if AppendHeader(nil, Text, 1, true)[0] != 0xc1 {
		t.Error("a deflated frame lacks RSV1")
	}
}

func TestMaskIsItsOwnInverse(t *testing.T) {
	data := []byte("seven b")
	Mask(data)
	if data[0] != 's'^Key[0] || data[5] != ' '^Key[1] || data[6] != 'b'^Key[2] {
		t.Fatalf("not masked: %q", data)
	}
	Mask(data)
	if string(data) != "seven b" {
		t.Fatalf("got %q", data)
	}
}

// However the stream is cut, the messages are the same.
func TestParserFindsMessagesHoweverTheyAreCut(t *testing.T) {
	long, huge := strings.Repeat("l", 300), strings.Repeat("h", 70000)
	stream := bytes.Join([][]byte{
		fromServer(0x81, "one"),
		fromServer(0x89, "ping"),
		fromServer(0xc2, "packed"),
		fromServer(0x01, "fra"),
		fromServer(0x8a, "pong within"),
		fromServer(0x00, "gmen"),
		fromServer(0x80, "ted"),
		fromServer(0x41, "de"), fromServer(0x80, "flated"),
		fromServer(0x81, ""),
		fromServer(0x81, long),
		fromServer(0x81, huge),
	}, nil)
	want := []string{"one", "packed", "fragmented", "deflated", "", long, huge}
	wantDeflated := []bool{false, true, false, true, false, false, false}

	for _, cut := range []int{1, 2, 3, 7, 64, 299, 4096, len(stream)} {
		var parser Parser
		var got inbox
		for rest := stream; len(rest) > 0; {
			n := min(cut, len(rest))
			if err := parser.Feed(rest[:n], &got); err != nil {
				t.Fatalf("cut at %d: %v", cut, err)
			}
			rest = rest[n:]
		}
		if len(got.messages) != len(want) {
			t.Fatalf("cut at %d: %d messages", cut, len(got.messages))
		}
		for i := range want {
			if got.messages[i] != want[i] || got.deflated[i] != wantDeflated[i] {
				t.Errorf("cut at %d: message %d differs", cut, i)
			}
		}
	}
}

func TestParserRefuses(t *testing.T) {
	masked := fromServer(0x81, "x")
	masked[1] |= maskBit
	for name, stream := range map[string][]byte{
		"a masked frame":            masked,
		"a continuation of nothing": fromServer(0x80, "x"),
		"a message within another":  append(fromServer(0x01, "x"), fromServer(0x81, "y")...),
		"a reserved opcode":         fromServer(0x83, "x"),
	} {
		if err := new(Parser).Feed(stream, &inbox{}); !errors.Is(err, ErrFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParserTellsTheCloseCode(t *testing.T) {
	payload := binary.BigEndian.AppendUint16(nil, 1013)
	err := new(Parser).Feed(fromServer(0x88, string(payload)+"slow"), &inbox{})
	if err == nil || !strings.Contains(err.Error(), `1013 "slow"`) {
		t.Fatalf("got %v", err)
	}
}

func TestParserStopsAtTheReceiversError(t *testing.T) {
	refusal := errors.New("no")
	err := new(Parser).Feed(fromServer(0x81, "x"), refuser{refusal})
	if !errors.Is(err, refusal) {
		t.Fatalf("got %v", err)
	}
}

type refuser struct{ err error }

func (r refuser) Receive([]byte, bool) error { return r.err }

// exchange answers what is read from it and keeps what is written to it.
type exchange struct {
	bytes.Buffer
	answer *strings.Reader
}

func (e *exchange) Read(p []byte) (int, error) { return e.answer.Read(p) }

func TestHandshakeLeavesWhatFollowsAndChecksTheAnswer(t *testing.T) {
	const good = "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: rZZipZ7pOJm2oXZc8IWJzhVxJYw=\r\n"
	for _, c := range []struct {
		name, answer string
		deflate, ok  bool
	}{
		{"plain", good + "\r\n", false, true},
		{"deflate", good + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", true, true},
		{"deflate not agreed", good + "\r\n", true, false},
		{"deflate not asked for", good + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", false, false},
		{"refused", "HTTP/1.1 403 Forbidden\r\n\r\n", false, false},
		{"wrong accept", "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\n\r\n", false, false},
		{"cut", good, false, false},
	} {
		conn := &exchange{answer: strings.NewReader(c.answer + "\x81\x00")}
		err := Handshake(conn, "example", c.deflate)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.ok && conn.answer.Len() != 2 {
			t.Errorf("%s: %d bytes left of the frame behind the answer", c.name, conn.answer.Len())
		}
	}
}
