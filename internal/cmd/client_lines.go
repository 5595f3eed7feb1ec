package cmd

import (
	"bufio"
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// lines sends every line of in as a message and prints what comes back. When in
// has ended it waits until as many messages have come as were sent.
//
// Sending and printing run side by side: a server that echoes stops reading
// once its answers are not taken.
func (c conversation) lines(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	input := readLines(ctx, bufio.NewScanner(in))
	answers := c.printAnswers(out)
	defer func() {
		cancel()
		c.conn.CloseNow()
		<-answers.done
	}()
	sent := int64(0)
	for {
		select {
		case line, more := <-input.lines:
			if !more {
				return c.awaitAnswers(ctx, sent, answers, input.failure())
			}
			if err := c.send(ctx, c.message(line)); err != nil {
				return c.failedLine(answers, err)
			}
			sent++
		case <-answers.done:
			return answers.err
		case <-ctx.Done():
			c.leave()
			return answers.missing(sent, ctx.Err())
		}
	}
}

// failedLine prefers how the connection ended to what a failed write said of it.
func (c conversation) failedLine(answers *answers, written error) error {
	if !connectionFailed(written) {
		c.leave()
		return written
	}
	select {
	case <-answers.done:
		return answers.err
	case <-time.After(c.options.timeout()):
		return written
	}
}

// awaitAnswers waits for the answers still missing, each within the timeout.
func (c conversation) awaitAnswers(ctx context.Context, sent int64, answers *answers, failure error) error {
	if failure != nil {
		c.leave()
		return failure
	}
	for answers.count.Load() < sent {
		select {
		case <-answers.came:
		case <-answers.done:
			return answers.err
		case <-ctx.Done():
			c.leave()
			return answers.missing(sent, ctx.Err())
		case <-time.After(c.options.timeout()):
			c.leave()
			return answers.missing(sent, context.DeadlineExceeded)
		}
	}
	c.leave()
	return nil
}

// answers are the messages that come back.
type answers struct {
	count atomic.Int64
	came  chan struct{} // a token when one came
	done  chan struct{} // closed when none can come any more
	err   error         // why; set before done is closed
}

// printAnswers prints every message that comes until the connection ends.
func (c conversation) printAnswers(out io.Writer) *answers {
	a := &answers{came: make(chan struct{}, 1), done: make(chan struct{})}
	go func() {
		defer close(a.done)
		for {
			m, err := c.conn.Read(context.Background())
			if err == nil {
				err = printMessage(out, m)
			}
			if err != nil {
				a.err = err
				return
			}
			a.count.Add(1)
			select {
			case a.came <- struct{}{}:
			default:
			}
		}
	}()
	return a
}

// missing says how many answers did not come, if any.
func (a *answers) missing(sent int64, cause error) error {
	came := a.count.Load()
	if came >= sent {
		return nil
	}
	return gerror.WrapCodef(gcode.CodeOperationFailed, cause, "%d of %d answers came", came, sent)
}

// input is a stream of lines.
type input struct {
	lines chan string
	err   error // why the lines ended; set before lines is closed
}

// failure returns why the lines ended, nil at their regular end.
func (i *input) failure() error { return i.err }

// readLines reads lines until they end or ctx does. A read under way cannot be
// interrupted; its goroutine ends with the process, or when the input does.
func readLines(ctx context.Context, scanner *bufio.Scanner) *input {
	scanner.Buffer(nil, maxClientMessage)
	i := &input{lines: make(chan string)}
	go func() {
		defer close(i.lines)
		for scanner.Scan() {
			select {
			case i.lines <- scanner.Text():
			case <-ctx.Done():
				return
			}
		}
		i.err = lineError(scanner.Err())
	}()
	return i
}

func lineError(err error) error {
	if errors.Is(err, bufio.ErrTooLong) {
		return usagef("a line of the input is longer than %d bytes", maxClientMessage)
	}
	return err
}
