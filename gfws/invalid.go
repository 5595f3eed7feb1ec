package gfws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/os/gctx"
)

// instancesKey is the key that the instances' own nodes are below.
const instancesKey = "instances"

// ownKeys are what an instance with a name does not take from what is said for
// all: two endpoints cannot share them.
var ownKeys = []string{"paths", "console", "asyncapi", "push"}

// invalidKey is what is wrong with a key of the configuration.
type invalidKey struct {
	node, key, text string
}

// invalid returns the error of a key, as if it were said for all: who knows the
// instance shows it to located.
func invalid(key, format string, args ...any) error {
	return invalidKey{nodeName, key, fmt.Sprintf(format, args...)}
}

// Error implements error.
func (e invalidKey) Error() string { return e.node + "." + e.key + ": " + e.text }

// Code implements gerror.ICode.
func (e invalidKey) Code() gcode.Code { return gcode.CodeInvalidConfiguration }

// invalidKeys are several of them, one in a line.
type invalidKeys []error

// joinInvalid is errors.Join for errors of the configuration; the whole has
// their code as each of them has.
func joinInvalid(errs ...error) error {
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	if len(errs) == 0 {
		return nil
	}
	return invalidKeys(errs)
}

// Error implements error.
func (e invalidKeys) Error() string {
	lines := make([]string, 0, len(e))
	for _, err := range e {
		lines = append(lines, err.Error())
	}
	return strings.Join(lines, "\n")
}

// Code implements gerror.ICode.
func (e invalidKeys) Code() gcode.Code { return gcode.CodeInvalidConfiguration }

// located names the keys that err tells of as they are written: below the node
// of the instance where they stand there, or could stand nowhere else, and else
// as said for all.
func (p *Plugin) located(err error) error {
	values, _ := configValues(gctx.GetInitCtx()) // what cannot be read sets nothing
	return locate(err, values, p.options.name)
}

func locate(err error, values map[string]any, name string) error {
	switch e := err.(type) { // as invalid and joinInvalid have made it, never wrapped
	case invalidKeys:
		located := make(invalidKeys, 0, len(e))
		for _, each := range e {
			located = append(located, locate(each, values, name))
		}
		return located
	case invalidKey:
		e.node = nodeOf(e.key, values, name)
		return e
	}
	return err
}

// nodeOf returns the node of a key that an instance has.
func nodeOf(key string, values map[string]any, name string) string {
	own := nodeName + "." + instancesKey + "." + name
	if isSet(below(below(values, instancesKey), name), key) {
		return own
	}
	section, _, _ := strings.Cut(key, ".")
	if name == DefaultName || !slices.Contains(ownKeys, section) && isSet(values, key) {
		return nodeName
	}
	return own
}

// isSet reports whether values have something for a key of several parts.
func isSet(values map[string]any, key string) bool {
	first, rest, more := strings.Cut(key, ".")
	value := values[first]
	if !more || value == nil {
		return value != nil
	}
	return isSet(below(values, first), rest)
}

// below returns the map under a key, or nothing.
func below(values map[string]any, key string) map[string]any {
	found, _ := values[key].(map[string]any)
	return found
}
