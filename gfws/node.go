package gfws

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/util/gconv"
)

// node reads one map of the configuration strictly: it knows which keys it was
// asked for, and gathers what is wrong with each.
type node struct {
	key    string
	values map[string]any
	known  []string
	errs   []error
}

func newNode(key string, values map[string]any) *node {
	return &node{key: key, values: values}
}

// failf notes what is wrong with the key name.
func (n *node) failf(name, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	n.errs = append(n.errs, gerror.NewCodef(gcode.CodeInvalidConfiguration, "%s.%s: %s", n.key, name, text))
}

// value returns what the key name holds; a key without a value counts as not
// given.
func (n *node) value(name string) (any, bool) {
	if !slices.Contains(n.known, name) {
		n.known = append(n.known, name)
	}
	value, ok := n.values[name]
	return value, ok && value != nil
}

// section returns the map under the key name, which is empty when it is not
// given; read gathers its errors here.
func (n *node) section(name string, read func(*node)) {
	child := newNode(n.key+"."+name, nil)
	if value, ok := n.value(name); ok {
		values, isMap := value.(map[string]any)
		if !isMap {
			n.failf(name, "expected keys below it, not %v", value)
			return
		}
		child.values = values
	}
	read(child)
	n.errs = append(n.errs, child.done())
}

// strings reads a list of strings.
func (n *node) strings(name string, into *[]string) {
	value, ok := n.value(name)
	if !ok {
		return
	}
	items, isList := value.([]any)
	if !isList {
		n.failf(name, "expected a list, not %v", value)
		return
	}
	list := make([]string, 0, len(items))
	for _, item := range items {
		text, isString := item.(string)
		if !isString {
			n.failf(name, "expected a list of strings, not %v in it", item)
			return
		}
		list = append(list, text)
	}
	*into = list
}

// bool reads true or false.
func (n *node) bool(name string, into *bool) {
	value, ok := n.value(name)
	if !ok {
		return
	}
	b, isBool := value.(bool)
	if !isBool {
		n.failf(name, "expected true or false, not %v", value)
		return
	}
	*into = b
}

// path reads a path or the word "off".
func (n *node) path(name string, into *string) {
	value, ok := n.value(name)
	if !ok {
		return
	}
	text, isString := value.(string)
	switch {
	case isString && text == "off", value == false: // YAML 1.1 reads off as false
		*into = noPage
	case isString:
		*into = text
	default:
		n.failf(name, `expected a path such as "/console", or "off", not %v`, value)
	}
}

// word reads a string that says something.
func (n *node) word(name string, into *string) {
	before := *into
	n.text(name, into)
	if value, ok := n.value(name); ok && value == "" {
		*into = before
		n.failf(name, `"" means nothing here: leave the key out for %q`, before)
	}
}

// text reads a string, which may be empty.
func (n *node) text(name string, into *string) {
	value, ok := n.value(name)
	if !ok {
		return
	}
	text, isString := value.(string)
	if !isString {
		n.failf(name, "expected a word, not %v", value)
		return
	}
	*into = text
}

// duration reads "25s".
func (n *node) duration(name string, into *time.Duration) {
	if value, ok := n.value(name); ok {
		n.parseDuration(name, value, into)
	}
}

// durationOrOff reads "25s" or the word "off".
func (n *node) durationOrOff(name string, into *time.Duration) {
	value, ok := n.value(name)
	if !ok {
		return
	}
	if value == "off" || value == false { // YAML 1.1 reads off as false
		*into = Off
		return
	}
	if isZero(value) {
		n.failf(name, `%v means nothing here: write "off", or a duration such as "25s"`, value)
		return
	}
	n.parseDuration(name, value, into)
}

// isZero reports whether value is 0, with a unit or without.
func isZero(value any) bool {
	duration, err := time.ParseDuration(gconv.String(value))
	return err == nil && duration == 0
}

func (n *node) parseDuration(name string, value any, into *time.Duration) {
	text, isString := value.(string)
	duration, err := time.ParseDuration(text)
	switch {
	case !isString || err != nil:
		n.failf(name, `expected a duration with its unit such as "10s" or "500ms", not %v`, value)
	case duration <= 0:
		n.failf(name, "expected a duration above zero, not %s", text)
	default:
		*into = duration
	}
}

// countOrUnlimited reads a whole number above zero, or the word "unlimited".
func (n *node) countOrUnlimited(name string, into *int) {
	if n.unlimited(name) {
		*into = Unlimited
		return
	}
	n.parseCount(name, `a whole number above zero, or "unlimited"`, into)
}

// count reads a whole number above zero.
func (n *node) count(name string, into *int) {
	n.parseCount(name, "a whole number above zero", into)
}

func (n *node) parseCount(name, want string, into *int) {
	value, ok := n.value(name)
	if !ok {
		return
	}
	number, ok := wholeNumber(value)
	if !ok || number <= 0 || number > 1<<31-1 {
		n.failf(name, "expected %s, not %v", want, value)
		return
	}
	*into = int(number)
}

// sizeOrUnlimited reads a number of bytes such as "64KiB", or the word
// "unlimited".
func (n *node) sizeOrUnlimited(name string, into *int64) {
	if n.unlimited(name) {
		*into = Unlimited
		return
	}
	n.parseSize(name, `a size above zero such as "64KiB" or "1MiB", or "unlimited"`, into)
}

// size reads a number of bytes such as "64KiB".
func (n *node) size(name string, into *int64) {
	n.parseSize(name, `a size above zero such as "64KiB" or "1MiB"`, into)
}

func (n *node) parseSize(name, want string, into *int64) {
	value, ok := n.value(name)
	if !ok {
		return
	}
	bytes, ok := parseSize(gconv.String(value))
	if !ok || bytes <= 0 {
		n.failf(name, "expected %s, not %v", want, value)
		return
	}
	*into = bytes
}

// unlimited reports whether the key name holds that word.
func (n *node) unlimited(name string) bool {
	value, _ := n.value(name)
	return value == "unlimited"
}

// done returns what is wrong, unknown keys included.
func (n *node) done() error {
	for name := range n.values {
		if !slices.Contains(n.known, name) {
			n.failf(name, "unknown key, known are: %s", strings.Join(n.known, ", "))
		}
	}
	return joinInvalid(n.errs...)
}
