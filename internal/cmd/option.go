package cmd

import (
	"slices"
	"strings"

	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/gcmd"
)

// checkOptions refuses what gcmd passes over in silence: options that command
// does not know, options without the value that they need, and arguments that
// it has no use for. The options of gf itself, such as --gf.gcfg.file, pass.
func checkOptions(command *gcmd.Command, args []string) error {
	for i := 1; i < len(args); i++ {
		if args[i] == "--" {
			return nil
		}
		if !isOption(args[i]) {
			if args[i] == command.Name && i == 1 || takesArguments(command) {
				continue
			}
			return gerror.Newf("%q is one argument too many; --help shows the usage", args[i])
		}
		name, value, hasValue := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		if name == "help" || name == "h" {
			return nil
		}
		if strings.HasPrefix(strings.ToLower(name), "gf.") {
			if !hasValue && i+1 < len(args) && !isOption(args[i+1]) {
				i++
			}
			continue
		}
		argument, known := option(command, name)
		switch {
		case !known:
			// Without its value, which may be a secret.
			return gerror.Newf("there is no option %q; --help lists the options", beforeValue(args[i]))
		case argument.Orphan && hasValue:
			return gerror.Newf("option --%s takes no value", argument.Name)
		case argument.Orphan:
			continue
		case hasValue && value == "", !hasValue && i == len(args)-1:
			return gerror.Newf("option --%s needs a value", argument.Name)
		case !hasValue:
			i++
		}
	}
	return nil
}

func takesArguments(command *gcmd.Command) bool {
	return slices.ContainsFunc(command.Arguments, func(a gcmd.Argument) bool { return a.IsArg })
}

func beforeValue(arg string) string {
	name, _, _ := strings.Cut(arg, "=")
	return name
}

// option returns the option of command called name, in its long or short form.
func option(command *gcmd.Command, name string) (gcmd.Argument, bool) {
	for _, argument := range command.Arguments {
		if !argument.IsArg && (argument.Name == name || argument.Short != "" && argument.Short == name) {
			return argument, true
		}
	}
	return gcmd.Argument{}, false
}

// isOption tells an option from an argument; "-" alone is none.
func isOption(arg string) bool {
	return len(arg) > 1 && arg[0] == '-'
}
