package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/utility/syncbuffer"
)

func TestClientLines(t *testing.T) {
	echo := servePeer(t, echoing)
	for name, test := range map[string]struct{ in, want string }{
		"lines":              {"one\ntwo\n", "1 one\n1 two\n"},
		"no end of line":     {"one\ntwo", "1 one\n1 two\n"},
		"Windows' line ends": {"one\r\ntwo\r\n", "1 one\n1 two\n"},
		"empty lines":        {"\n\nx\n", "1 \n1 \n1 x\n"},
		"nothing":            {"", ""},
		"a line of 1 MiB":    {strings.Repeat("x", 1<<20), "1 " + strings.Repeat("x", 1<<20) + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			clientSays(t, test.in, echo.url).want(t, ExitOK, test.want, "")
			echo.closedWith(t, websocket.CloseNormalClosure)
		})
	}
	clientSays(t, "\xff\n", echo.url, "--binary").want(t, ExitOK, "2 \xff\n", "")
}

// More than the network holds goes through, since answers are taken while lines
// are sent.
func TestClientManyLines(t *testing.T) {
	echo := servePeer(t, echoing)
	var in, want strings.Builder
	for i := range 100 {
		line := fmt.Sprint(i, strings.Repeat(".", 100_000))
		in.WriteString(line + "\n")
		want.WriteString("1 " + line + "\n")
	}
	clientSays(t, in.String(), echo.url).want(t, ExitOK, want.String(), "")
}

func TestClientLinesExitCodes(t *testing.T) {
	half := func(conn *websocket.Conn) error {
		kind, data, err := conn.ReadMessage()
		if err == nil {
			err = conn.WriteMessage(kind, data)
		}
		if err != nil {
			return err
		}
		return mute(conn)
	}
	tests := []struct {
		name    string
		session func(*websocket.Conn) error
		in      string
		code    int
		out     string
		text    string
	}{
		{"no answers", mute, "a\nb\n", ExitTimeout, "", "0 of 2 answers came"},
		{"half of the answers", half, "a\nb\n", ExitTimeout, "1 a\n", "1 of 2 answers came"},
		{"closed", closing(1011, "oops"), "a\n", ExitClosed, "", "closed with 1011 (internal error): oops"},
		{"broken", hangingUp, "a\n", ExitClosed, "", "closed with 1006"},
		{"no text", echoing, "a\n\xff\n", ExitUsage, "1 a\n", "UTF-8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			url := servePeer(t, test.session).url
			o := clientSays(t, test.in, url, "--timeout", "1s")
			if test.name == "no text" {
				// The first answer may or may not have come in time.
				o.out = test.out
			}
			o.want(t, test.code, test.out, test.text)
		})
	}
}

// A server that goes away is noticed while the input is silent.
func TestClientLinesServerLeaves(t *testing.T) {
	p := servePeer(t, closing(1001, "bye"))
	in, typed := io.Pipe()
	go func() { _, _ = io.WriteString(typed, "hello\n") }()
	result := make(chan outcome, 1)
	go func() {
		var out output
		err := runLines(clientContext(t), p.url, in, &out)
		result <- outcome{code: ExitCode(err), err: err}
	}()
	(<-result).want(t, ExitClosed, "", "closed with 1001 (going away): bye")
	_ = typed.Close()
}

// Ctrl-C closes, and is no failure when every answer has come.
func TestClientLinesInterrupted(t *testing.T) {
	p := servePeer(t, echoing)
	in, typed := io.Pipe()
	defer func() { _ = typed.Close() }()
	ctx, cancel := context.WithCancel(clientContext(t))
	defer cancel()
	out := &output{}
	result := make(chan error, 1)
	go func() { result <- runLines(ctx, p.url, in, out) }()
	_, _ = io.WriteString(typed, "hello\n")
	out.waitFor(t, "1 hello\n")
	cancel()
	if err := <-result; err != nil {
		t.Error(err)
	}
	p.closedWith(t, websocket.CloseNormalClosure)
}

func TestClientInputFails(t *testing.T) {
	p := servePeer(t, echoing)
	broken := errors.New("the disk is gone")
	in, typed := io.Pipe()
	_ = typed.CloseWithError(broken)
	if err := runLines(clientContext(t), p.url, in, io.Discard); !errors.Is(err, broken) || ExitCode(err) != ExitFailure {
		t.Errorf("got %v", err)
	}
}

func TestClientOutputFails(t *testing.T) {
	p := servePeer(t, echoing)
	reader, out := io.Pipe()
	_ = reader.Close()
	for _, args := range [][]string{{p.url, "x"}, {p.url}} {
		options, err := parseClientOptions(args)
		if err != nil {
			t.Fatal(err)
		}
		err = clientExit(runClient(clientContext(t), options, streams{in: strings.NewReader("x\n"), out: out}))
		if ExitCode(err) != ExitFailure || !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("got %d %v", ExitCode(err), err)
		}
	}
}

// runLines runs the command without gcmd, for input that does not end by itself.
func runLines(ctx context.Context, url string, in io.Reader, out io.Writer) error {
	options, err := parseClientOptions([]string{url})
	if err != nil {
		return err
	}
	return clientExit(runClient(ctx, options, streams{in: in, out: out}))
}

// output can be looked at while it is written.
type output struct{ syncbuffer.Buffer }

// waitFor returns once text has been written.
func (b *output) waitFor(t *testing.T, text string) {
	t.Helper()
	deadline := time.Now().Add(clientPatience)
	for !strings.Contains(b.String(), text) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %q in\n%s", text, b.String())
		}
		time.Sleep(time.Millisecond)
	}
}
