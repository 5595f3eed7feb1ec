package cmd

import (
	"context"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

const typedHelp = `a line is sent as a message; // at its beginning sends one /
/binary HEX          sends bytes, as in /binary 00ff10
/ping                pings the server and tells the time
/close [CODE [WHY]]  closes with a code, 1000 by default, and a reason
/quit, Ctrl-C, Ctrl-D  close with 1000 and leave`

// obey does what a typed line says. The error errQuit ends the conversation as
// it should; another one ends it with that.
func (i *interactive) obey(ctx context.Context, line string) error {
	if !strings.HasPrefix(line, "/") || strings.HasPrefix(line, "//") {
		return i.sendTyped(ctx, line)
	}
	command, rest, _ := strings.Cut(line[1:], " ")
	rest = strings.TrimSpace(rest)
	switch command {
	case "quit":
		return i.close(ws.CodeNormal, "")
	case "close":
		return i.closeTyped(rest)
	case "binary":
		return i.sendHex(ctx, rest)
	case "ping":
		i.ping(ctx)
	case "help":
		for helpLine := range strings.SplitSeq(typedHelp, "\n") {
			i.journal.event("%s", helpLine)
		}
	default:
		i.journal.event("there is no command /%s; /help lists them", printable(command))
	}
	return nil
}

// sendTyped sends a line. An empty one is more likely a slip than a message.
func (i *interactive) sendTyped(ctx context.Context, line string) error {
	if line == "" {
		i.journal.event("nothing to send: the line is empty")
		return nil
	}
	if strings.HasPrefix(line, "//") {
		line = line[1:]
	}
	return i.sendShown(ctx, i.message(line))
}

func (i *interactive) sendHex(ctx context.Context, digits string) error {
	data, err := hex.DecodeString(strings.Join(strings.Fields(digits), ""))
	if err != nil {
		i.journal.event("/binary needs pairs of hexadecimal digits, as in /binary 00ff10")
		return nil
	}
	return i.sendShown(ctx, ws.BinaryMessage(data))
}

// sendShown sends m and shows it, or shows why not. What breaks the connection
// is told by what is received, which knows the reason.
func (i *interactive) sendShown(ctx context.Context, m ws.Message) error {
	if err := i.send(ctx, m); err != nil {
		i.journal.event("not sent: %s", printable(err.Error()))
		return nil
	}
	i.journal.sent(m)
	return nil
}

// ping does not hold up what is typed meanwhile.
func (i *interactive) ping(ctx context.Context) {
	i.pings.Go(func() {
		ctx, cancel := context.WithTimeout(ctx, i.options.timeout())
		defer cancel()
		began := time.Now()
		if err := i.conn.Ping(ctx); err != nil {
			i.journal.event("no pong: %s", printable(err.Error()))
			return
		}
		i.journal.event("pong after %s", time.Since(began).Round(time.Microsecond))
	})
}

func (i *interactive) closeTyped(rest string) error {
	if rest == "" {
		return i.close(ws.CodeNormal, "")
	}
	number, reason, _ := strings.Cut(rest, " ")
	code, err := strconv.Atoi(number)
	if err != nil || !ws.Code(code).Sendable() {
		i.journal.event("%s is no code that may be sent: 1000 to 1003, 1007 to 1014 and 3000 to 4999 may", printable(number))
		return nil
	}
	return i.close(ws.Code(code), strings.TrimSpace(reason))
}
