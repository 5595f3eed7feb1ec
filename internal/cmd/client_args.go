package cmd

import (
	"context"
	"os"
	"strings"

	"github.com/gogf/gf/v2/os/gcmd"
)

// argumentsKey is where withArguments puts them.
type argumentsKey struct{}

// withArguments tells commands the arguments that gcmd is run with, which it
// does not hand on. Without it they are os.Args.
func withArguments(ctx context.Context, args []string) context.Context {
	return context.WithValue(ctx, argumentsKey{}, args)
}

// argumentsOf returns what follows the name of a command.
func argumentsOf(ctx context.Context, command string) []string {
	args, ok := ctx.Value(argumentsKey{}).([]string)
	if !ok {
		args = os.Args
	}
	for i := 1; i < len(args); i++ {
		if args[i] == command {
			return args[i+1:]
		}
	}
	return nil
}

// givenOption is one option of a command line, by its long name.
type givenOption struct {
	name, value string
}

// scanArguments tells options from positional arguments. Every occurrence of an
// option is kept, in order. gf's own options, as --gf.gcfg.file, are passed over
// with the value that gf takes for them; everything behind -- is positional.
func scanArguments(args []string, known []gcmd.Argument) (given []givenOption, positional []string, err error) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			return given, append(positional, args[i+1:]...), nil
		case len(arg) < 2 || arg[0] != '-':
			positional = append(positional, arg)
		case isFrameworkOption(arg):
			if !strings.Contains(arg, "=") && i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") {
				i++
			}
		default:
			option, used, err := scanOption(args[i:], known)
			if err != nil {
				return nil, nil, err
			}
			given = append(given, option)
			i += used - 1
		}
	}
	return given, positional, nil
}

func isFrameworkOption(arg string) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimLeft(arg, "-")), "gf.")
}

// scanOption reads the option that args begin with, and says how many of them
// it used.
func scanOption(args []string, known []gcmd.Argument) (option givenOption, used int, err error) {
	name, value, inline := strings.Cut(strings.TrimLeft(args[0], "-"), "=")
	argument, ok := findOption(name, known)
	switch {
	case !ok:
		return option, 0, usagef("there is no option %s; --help lists the options", strings.SplitN(args[0], "=", 2)[0])
	case argument.Orphan && inline:
		return option, 0, usagef("option --%s takes no value", argument.Name)
	case argument.Orphan:
		return givenOption{name: argument.Name}, 1, nil
	case inline && value != "":
		return givenOption{name: argument.Name, value: value}, 1, nil
	case inline || len(args) < 2 || args[1] == "":
		return option, 0, usagef("option --%s needs a value", argument.Name)
	}
	return givenOption{name: argument.Name, value: args[1]}, 2, nil
}

func findOption(name string, known []gcmd.Argument) (gcmd.Argument, bool) {
	for _, argument := range known {
		if !argument.IsArg && name != "" && (argument.Name == name || argument.Short == name) {
			return argument, true
		}
	}
	return gcmd.Argument{}, false
}
