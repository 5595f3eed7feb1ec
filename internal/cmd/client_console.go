package cmd

import (
	"io"
	"os"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"golang.org/x/term"
)

// streams are what a command reads from and writes to.
type streams struct {
	in  io.Reader
	out io.Writer
	// terminal opens the terminal for a conversation by hand; nil where there
	// is none.
	terminal func() (console, error)
}

// console is a terminal with a line to type in. It is safe for concurrent use.
type console interface {
	// Write prints whole lines above the line that is being typed.
	io.Writer
	// ReadLine returns the next line typed, and io.EOF at Ctrl-C or Ctrl-D.
	ReadLine() (string, error)
	// Close gives the terminal back as it was.
	Close() error
}

// processStreams returns the streams of this process.
func processStreams() streams {
	s := streams{in: os.Stdin, out: os.Stdout}
	if term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd())) {
		s.terminal = openTerminal
	}
	return s
}

const (
	consolePrompt = "> "
	// clearLine takes the prompt away, with what was typed and not sent.
	clearLine = "\r\x1b[K"
)

// terminalConsole is the process's own terminal.
type terminalConsole struct {
	*term.Terminal
	restore func() error
}

// Close implements console.
func (c terminalConsole) Close() error { return c.restore() }

// openTerminal takes the terminal over, so that what arrives does not mix with
// what is being typed.
func openTerminal() (console, error) {
	restoreOutput, err := prepareOutput(os.Stdout.Fd())
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeOperationFailed, err, "prepare the terminal")
	}
	in := int(os.Stdin.Fd())
	before, err := term.MakeRaw(in)
	if err != nil {
		_ = restoreOutput()
		return nil, gerror.WrapCode(gcode.CodeOperationFailed, err, "prepare the terminal")
	}
	terminal := term.NewTerminal(inOut{os.Stdin, os.Stdout}, consolePrompt)
	// A terminal that does not know its size says 0, and stays at 80 columns.
	if width, height, err := term.GetSize(int(os.Stdout.Fd())); err == nil && width > 0 && height > 0 {
		_ = terminal.SetSize(width, height)
	}
	return terminalConsole{Terminal: terminal, restore: func() error {
		_, _ = io.WriteString(os.Stdout, clearLine)
		_ = restoreOutput()
		return term.Restore(in, before)
	}}, nil
}

// inOut joins two streams.
type inOut struct {
	io.Reader
	io.Writer
}
