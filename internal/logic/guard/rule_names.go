package guard

import (
	"context"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/util/gvalid"
)

// internalFailures are what gvalid calls its own failures, in the place of rules.
var internalFailures = []string{"InvalidRules", "InvalidParams", "InvalidObject"}

// checkRules finds a rule in the tags that does not exist, or that gvalid would
// not find.
func (s *shape) checkRules() error {
	for _, fields := range s.fields {
		for _, field := range fields {
			if field.unseen && field.rules != "" {
				return gerror.NewCodef(gcode.CodeInvalidConfiguration,
					"field %s: gvalid does not see rules in an embedded struct that is not exported", field.name)
			}
			if err := checkRuleNames(field.rules); err != nil {
				return gerror.Wrapf(err, "field %s", field.name)
			}
		}
	}
	return nil
}

// checkRuleNames finds a rule that does not exist, which gvalid itself tells only
// when there is a value to judge. It splits them as gvalid does: what follows on
// a pattern is part of it.
func checkRuleNames(rules string) error {
	if rules == "" {
		return nil
	}
	inPattern := false
	for _, rule := range strings.Split(strings.TrimSpace(rules), "|") {
		if isRule(rule) {
			inPattern = strings.HasPrefix(rule, "regex") || strings.HasPrefix(rule, "not-regex")
			continue
		}
		if !inPattern {
			return gerror.NewCodef(gcode.CodeInvalidConfiguration, "gvalid has no rule %q", rule)
		}
	}
	return nil
}

// isRule asks gvalid for a rule. One of the application's own is not tried: what
// it does is not known.
func isRule(rule string) bool {
	name, argument, _ := strings.Cut(rule, ":")
	if _, own := gvalid.GetRegisteredRuleMap()[name]; own {
		return true
	}
	err := gvalid.New().Data("").Rules("bail|" + name + ":" + argument).Run(context.Background())
	return err == nil || gerror.Code(err) != gcode.CodeInternalError
}
