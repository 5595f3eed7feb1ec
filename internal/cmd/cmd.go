// Package cmd is the command line of the executable.
package cmd

import (
	"context"
	"fmt"
	"io"

	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/gcmd"
)

// Run runs the command that args, which begin with the program's name, ask for,
// and returns the exit code of the process. Errors are told on stderr.
func Run(ctx context.Context, args []string, stderr io.Writer) int {
	err := run(ctx, args)
	if err != nil {
		fmt.Fprintln(stderr, "error:", err)
	}
	return ExitCode(err)
}

func run(ctx context.Context, args []string) error {
	root, err := newRoot()
	if err != nil {
		return err
	}
	command, err := find(root, args)
	if err != nil {
		return &ExitError{Code: ExitUsage, Err: err}
	}
	if err = checkOptions(command, args); err != nil {
		return &ExitError{Code: ExitUsage, Err: err}
	}
	_, err = root.RunWithSpecificArgs(withArguments(ctx, args), args)
	return err
}

// newRoot returns the command tree. The root serves.
func newRoot() (*gcmd.Command, error) {
	root := serveCommand()
	if err := root.AddCommand(commands()...); err != nil {
		return nil, gerror.Wrap(err, "commands cannot be set up")
	}
	return root, nil
}

// commands are what can follow the program's name.
func commands() []*gcmd.Command {
	return []*gcmd.Command{clientCommand(), certCommand(), healthCommand()}
}

// find returns the command that args name, the root where they name none.
func find(root *gcmd.Command, args []string) (*gcmd.Command, error) {
	if len(args) < 2 || isOption(args[1]) {
		return root, nil
	}
	for _, command := range commands() {
		if command.Name == args[1] {
			return command, nil
		}
	}
	return nil, gerror.Newf("there is no command %q; --help lists the commands", args[1])
}
