package cmd

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/gogf/gf/v2/os/gcmd"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// maxClientMessage is the largest message and the longest line of input that
// the command takes, in bytes.
const maxClientMessage = 64 << 20

// clientCommand talks to a WebSocket server: with one message, with the lines
// of standard input, or with a person at a terminal.
func clientCommand() *gcmd.Command {
	return newClientCommand(processStreams())
}

// newClientCommand returns the command on other streams than the process's.
func newClientCommand(s streams) *gcmd.Command {
	command := &gcmd.Command{
		Name:          "client",
		Usage:         "gf-websocket client [URL] [MESSAGE] [OPTION]",
		Brief:         "connect to a WebSocket server and talk to it",
		Arguments:     clientArguments(),
		CaseSensitive: true,
		Description:   clientDescription,
		Examples:      clientExamples,
		Additional:    clientExitCodes,
	}
	command.HelpFunc = func(context.Context, *gcmd.Parser) error {
		command.PrintTo(s.out)
		return nil
	}
	command.Func = func(ctx context.Context, _ *gcmd.Parser) error {
		// gcmd's parser keeps only the last of a repeated option.
		options, err := parseClientOptions(argumentsOf(ctx, command.Name))
		if err != nil {
			return &ExitError{Code: ExitUsage, Err: err}
		}
		return clientExit(runClient(ctx, options, s))
	}
	return command
}

// runClient dials and holds the conversation that the options and streams ask
// for.
func runClient(ctx context.Context, options clientOptions, s streams) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	conn, err := client.Dial(ctx, options.url, options.dial)
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	c := conversation{conn: conn, options: options}
	if options.message != nil {
		return c.once(ctx, *options.message, s.out)
	}
	if s.terminal == nil {
		return c.lines(ctx, s.in, s.out)
	}
	terminal, err := s.terminal()
	if err != nil {
		return err
	}
	defer func() { _ = terminal.Close() }()
	return c.interactive(ctx, terminal)
}

// conversation is a connection with the options it was asked for with.
type conversation struct {
	conn    *client.Conn
	options clientOptions
}

// send sends one message, within the timeout.
func (c conversation) send(ctx context.Context, m ws.Message) error {
	ctx, cancel := context.WithTimeout(ctx, c.options.timeout())
	defer cancel()
	return c.conn.Write(ctx, m)
}

// message returns text as a message of the type that the options ask for.
func (c conversation) message(text string) ws.Message {
	m := ws.TextMessage(text)
	if c.options.binary {
		m.Type = ws.Binary
	}
	return m
}
