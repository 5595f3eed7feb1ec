package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/gfws/gf-websocket/ws"
)

// interactive is a conversation by hand.
type interactive struct {
	conversation
	journal journal
	pings   sync.WaitGroup
}

// errQuit ends a conversation by hand as it should.
var errQuit = errors.New("quit")

// interactive sends what is typed and shows what comes, until one side leaves.
func (c conversation) interactive(ctx context.Context, terminal console) error {
	ctx, cancel := context.WithCancel(ctx)
	i := &interactive{conversation: c, journal: journal{out: terminal}}
	i.journal.event("connected to %s%s; /help lists the commands", c.conn.RemoteAddr(), i.subprotocol())
	typed := readTyped(ctx, terminal)
	received := i.showReceived()
	defer func() {
		cancel()
		c.conn.CloseNow()
		<-received
		i.pings.Wait()
	}()
	err := i.talk(ctx, typed, received)
	if errors.Is(err, errQuit) {
		return nil
	}
	return err
}

func (i *interactive) subprotocol() string {
	if name := i.conn.Subprotocol(); name != "" {
		return ", subprotocol " + name
	}
	return ""
}

// talk obeys what is typed until the conversation ends.
func (i *interactive) talk(ctx context.Context, typed <-chan string, received <-chan error) error {
	for {
		select {
		case line, more := <-typed:
			if !more {
				return i.close(ws.CodeNormal, "")
			}
			if err := i.obey(ctx, line); err != nil {
				return err
			}
		case err := <-received:
			i.journal.event("%s", (clientExit(err)).Error())
			return err
		case <-ctx.Done():
			return i.close(ws.CodeNormal, "")
		}
	}
}

// close ends the conversation from this side.
func (i *interactive) close(code ws.Code, reason string) error {
	if err := i.conn.Close(code, reason); err != nil {
		i.journal.event("%s", printable(err.Error()))
		return errQuit
	}
	i.journal.event("closed with %s", code)
	return errQuit
}

// showReceived shows every message that comes until the connection ends. The
// channel gives how it ended, and is closed then.
func (i *interactive) showReceived() <-chan error {
	ended := make(chan error, 1)
	go func() {
		defer close(ended)
		for {
			m, err := i.conn.Read(context.Background())
			if err != nil {
				ended <- err
				return
			}
			i.journal.received(m)
		}
	}()
	return ended
}

// readTyped hands on typed lines until there are no more or ctx ends. A read
// under way cannot be interrupted; its goroutine ends with the process, or when
// the terminal does.
func readTyped(ctx context.Context, terminal console) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for {
			line, err := terminal.ReadLine()
			if err != nil {
				return
			}
			select {
			case lines <- line:
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

// journal shows a conversation line by line, each with its time.
type journal struct {
	out io.Writer
}

func (j journal) sent(m ws.Message)     { j.line(">", describe(m)) }
func (j journal) received(m ws.Message) { j.line("<", describe(m)) }

func (j journal) event(format string, args ...any) {
	j.line("*", fmt.Sprintf(format, args...))
}

// line shows one entry. A terminal that cannot be written to is noticed when it
// is read.
func (j journal) line(direction, text string) {
	_, _ = fmt.Fprintf(j.out, "%s %s %s\n", clock(), direction, text)
}
