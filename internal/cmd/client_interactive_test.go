package cmd

import (
	"context"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
	"golang.org/x/term"
)

// hand is a person at a terminal that is made of pipes.
type hand struct {
	t      *testing.T
	keys   *io.PipeWriter
	screen *output
	closed chan struct{} // closed when the terminal was given back
	ended  chan error
}

// console implements streams.terminal.
type fakeConsole struct {
	*term.Terminal
	closed chan struct{}
}

func (c fakeConsole) Close() error {
	close(c.closed)
	return nil
}

// startHand runs the command at a terminal.
func startHand(t *testing.T, ctx context.Context, args ...string) *hand {
	t.Helper()
	keyboard, keys := io.Pipe()
	h := &hand{t: t, keys: keys, screen: &output{}, closed: make(chan struct{}), ended: make(chan error, 1)}
	options, err := parseClientOptions(args)
	if err != nil {
		t.Fatal(err)
	}
	s := streams{terminal: func() (console, error) {
		return fakeConsole{term.NewTerminal(inOut{keyboard, h.screen}, consolePrompt), h.closed}, nil
	}}
	go func() { h.ended <- clientExit(runClient(ctx, options, s)) }()
	t.Cleanup(func() { _ = keys.Close() })
	h.screen.waitFor(t, "connected to")
	return h
}

// press types keys as they are.
func (h *hand) press(keys string) {
	h.t.Helper()
	if _, err := io.WriteString(h.keys, keys); err != nil {
		h.t.Fatal(err)
	}
}

// enter types a line.
func (h *hand) enter(line string) { h.press(line + "\r") }

// sees waits for text on the screen.
func (h *hand) sees(text string) {
	h.t.Helper()
	h.screen.waitFor(h.t, text)
}

// leaves waits for the end and wants an exit code.
func (h *hand) leaves(code int) {
	h.t.Helper()
	err := <-h.ended
	if ExitCode(err) != code {
		h.t.Errorf("exit code %d, want %d: %v", ExitCode(err), code, err)
	}
	select {
	case <-h.closed:
	default:
		h.t.Error("the terminal was not given back")
	}
}

func TestInteractiveConversation(t *testing.T) {
	p := servePeer(t, echoing)
	h := startHand(t, clientContext(t), p.url, "--subprotocol", "v2.test")
	h.sees("subprotocol v2.test")
	h.enter("hello word")
	h.sees(" > text hello word")
	h.sees(" < text hello word")
	h.enter("")
	h.sees("nothing to send")
	h.enter("/binary 00 ff 10")
	h.sees(" < binary (3 bytes) 00ff10")
	h.enter("/binary " + strings.Repeat("ab", 65))
	h.sees(" < binary (65 bytes) " + strings.Repeat("ab", 64) + "…")
	h.enter("/binary xyz")
	h.sees("pairs of hexadecimal digits")
	h.enter("//slash")
	h.sees(" < text /slash")
	h.enter("/ping")
	h.sees("pong after ")
	h.enter("/help")
	h.sees("/close [CODE [WHY]]")
	h.enter("/dance")
	h.sees("no command /dance")
	h.enter("/close 1006 x")
	h.sees("1006 is no code that may be sent")
	h.enter("/close abc")
	h.sees("abc is no code that may be sent")
	h.enter("/quit")
	h.sees("closed with 1000 (normal closure)")
	h.leaves(ExitOK)
	p.closedWith(t, websocket.CloseNormalClosure)
	if !regexp.MustCompile(`\d\d:\d\d:\d\d\.\d\d\d < text hello word\r\n`).MatchString(h.screen.String()) {
		t.Errorf("no time in\n%q", h.screen)
	}
}

func TestInteractiveWaysToLeave(t *testing.T) {
	for name, test := range map[string]struct {
		keys string
		code int
	}{
		"ctrl-c":             {"\x03", 1000},
		"ctrl-c in a line":   {"half a li\x03", 1000},
		"ctrl-d":             {"\x04", 1000},
		"quit":               {"/quit\r", 1000},
		"close":              {"/close\r", 1000},
		"close with code":    {"/close 4001\r", 4001},
		"close with reason":  {"/close 1001 see you\r", 1001},
		"terminal goes away": {"", 1000},
	} {
		t.Run(name, func(t *testing.T) {
			p := servePeer(t, echoing)
			h := startHand(t, clientContext(t), p.url)
			h.press(test.keys)
			if test.keys == "" {
				_ = h.keys.Close()
			}
			h.leaves(ExitOK)
			p.closedWith(t, test.code)
		})
	}
}

func TestInteractiveSignal(t *testing.T) {
	p := servePeer(t, echoing)
	ctx, cancel := context.WithCancel(clientContext(t))
	h := startHand(t, ctx, p.url)
	cancel()
	h.leaves(ExitOK)
	p.closedWith(t, websocket.CloseNormalClosure)
}

func TestInteractiveServerLeaves(t *testing.T) {
	h := startHand(t, clientContext(t), servePeer(t, closing(1012, "new version")).url)
	h.enter("hello")
	h.sees("closed with 1012 (service restart): new version")
	h.leaves(ExitClosed)
}

func TestInteractiveServerBreaks(t *testing.T) {
	h := startHand(t, clientContext(t), servePeer(t, hangingUp).url)
	h.enter("hello")
	h.sees("closed with 1006 (abnormal closure)")
	h.leaves(ExitClosed)
}

// What a server sends must not drive the terminal or look like other entries.
func TestInteractiveShowsControlCharacters(t *testing.T) {
	p := servePeer(t, func(conn *websocket.Conn) error {
		_ = conn.WriteMessage(websocket.TextMessage, []byte("a\x1b]0;owned\x07\r\n12:00:00.000 * closed with 1000\u202e"))
		return echoing(conn)
	})
	h := startHand(t, clientContext(t), p.url)
	h.sees(`a\x1b]0;owned\a\r\n12:00:00.000 * closed with 1000\u202e`)
	h.press("\x03")
	h.leaves(ExitOK)
}

// A server that does not answer the ping or the close holds nothing up for
// longer than the timeout.
func TestInteractiveSilentServer(t *testing.T) {
	release := make(chan struct{})
	p := servePeer(t, func(conn *websocket.Conn) error {
		<-release
		return mute(conn)
	})
	defer close(release)
	h := startHand(t, clientContext(t), p.url, "--timeout", "500ms")
	h.enter("/ping")
	h.sees("no pong: ")
	h.enter("/ping")
	h.enter("/quit")
	h.sees("no close frame from the server within 500ms")
	h.leaves(ExitOK)
}
