package conformance_test

import (
	"context"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// section is the cases of one section of an RFC.
type section struct {
	name  string
	cases []exchange
}

// sections are the sections that both sides have to keep.
func sections() []section {
	return []section{
		{"RFC 6455 5.1 and 5.3 masking", masking()},
		{"RFC 6455 5.2 base framing: opcodes", opcodes()},
		{"RFC 6455 5.2 base framing: reserved bits", reservedBits()},
		{"RFC 6455 5.2 base framing: lengths", lengths()},
		{"RFC 6455 5.4 fragmentation", fragmentation()},
		{"RFC 6455 5.5 control frames", controlFrames()},
		{"RFC 6455 5.6 data frames", dataFrames()},
		{"RFC 6455 5.7 examples", examples()},
		{"RFC 6455 6 sending and receiving", sendingAndReceiving()},
		{"RFC 6455 7.1 closing", closingHandshake()},
		{"RFC 6455 7.4 close codes", closeCodes()},
		{"RFC 6455 8.1 UTF-8", utf8Text()},
		{"RFC 6455 8.1 UTF-8 in close reasons", utf8Reasons()},
	}
}

// wantCases is how many cases there are, so that none gets lost: a table that
// grows or shrinks is counted here again.
const wantCases = 2085

func TestNumberOfCases(t *testing.T) {
	got := len(serverHandshakes()) + len(clientHandshakes()) + len(negotiations()) + len(deflate())
	for _, s := range sections() {
		got += len(s.of(server)) + len(s.of(client))
	}
	if got != wantCases {
		t.Errorf("there are %d cases, want %d", got, wantCases)
	}
}

// of returns the cases for one side.
func (s section) of(r role) []exchange {
	var cases []exchange
	for _, c := range s.cases {
		if c.only == "" || c.only == r {
			cases = append(cases, c)
		}
	}
	return cases
}

// runCases gives each case a connection of its own.
func runCases(t *testing.T, cases []exchange, connect func(testing.TB) *peer) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := connect(t)
			for _, step := range c.steps {
				step(p)
			}
		})
	}
}

func TestServer(t *testing.T) {
	s := serve(t, ws.Config{})
	for _, section := range sections() {
		t.Run(section.name, func(t *testing.T) { runCases(t, section.of(server), s.connect) })
	}
}

func TestClient(t *testing.T) {
	for _, section := range sections() {
		t.Run(section.name, func(t *testing.T) { runCases(t, section.of(client), serveClient) })
	}
}

// answer is what the host under test does with a message: it closes on command,
// else it sends it back.
func answer(m ws.Message, closeWith func(ws.Code, string) error, write func(ws.Message) error) error {
	code, reason, ok := parseCommand(m)
	if !ok {
		return write(m)
	}
	if closeWith(code, reason) != nil {
		return write(ws.TextMessage(refusal))
	}
	return nil
}

func onMessage(_ context.Context, s *ws.Session, m ws.Message) error {
	return answer(m, s.Close, s.Reply)
}
