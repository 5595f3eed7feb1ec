// Package ruletag takes validation tags apart as gvalid does.
package ruletag

import (
	"context"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/text/gstr"
	"github.com/gogf/gf/v2/util/gvalid"
)

// Rule is one rule of a tag: "length:2,5" has the name "length" and the pattern
// "2,5".
type Rule struct{ Name, Pattern string }

// Tag is a validation tag.
type Tag struct {
	Alias string // the name before "@", empty for none
	Rules []Rule // in their order
}

// Parse takes a tag apart. Bars in an expression of the rule regex belong to
// it, unless a rule follows. A name comes with the spaces around it, which
// gvalid does not take.
func Parse(tag string) Tag {
	alias, text, _ := gvalid.ParseTagValue(tag)
	parsed := Tag{Alias: alias}
	if text == "" {
		return parsed
	}
	for _, item := range join(strings.Split(text, "|")) {
		name, pattern, _ := strings.Cut(item, ":")
		parsed.Rules = append(parsed.Rules, Rule{name, gstr.Trim(pattern)})
	}
	return parsed
}

// join puts the parts of an expression together again: what is no rule belongs
// to the expression before it.
func join(items []string) []string {
	var joined []string
	for _, item := range items {
		name, _, _ := strings.Cut(item, ":")
		last := len(joined) - 1
		if last >= 0 && strings.HasPrefix(joined[last], "regex") && !known(name) {
			joined[last] += "|" + item
			continue
		}
		joined = append(joined, item)
	}
	return joined
}

// known asks gvalid whether it has a rule, since it has no list of its own ones.
func known(name string) bool {
	if IsRegistered(name) {
		return true
	}
	err := gvalid.New().Data("").Rules(name).Run(context.Background())
	return err == nil || gerror.Code(err) == gcode.CodeValidationFailed
}

// IsRegistered reports whether the application has registered a rule of that
// name, which comes before gvalid's own.
func IsRegistered(name string) bool {
	_, ok := gvalid.GetRegisteredRuleMap()[name]
	return ok
}
