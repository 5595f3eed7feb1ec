package jsonrpc

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gogf/gf/v2/text/gstr"

	"github.com/gfws/gf-websocket/jsonrpc/internal/ruletag"
)

// quickRules are the rules of one field.
type quickRules struct {
	required bool // any rule of that kind: the field must not be missing
	doubtful bool // there is a rule that only gvalid can judge
	checks   []quickCheck
}

// quickCheck reports whether a rule is surely kept by what gvalid sees: the
// text of a string, or a number as it is written.
type quickCheck func(text string) bool

// quickRule makes the check of a rule from what stands behind its colon, nil
// where that leaves a doubt.
type quickRule func(pattern string) quickCheck

// ruleOf returns the maker of a rule's check, nil for a rule that is not known
// here.
func ruleOf(name string) quickRule {
	switch name {
	case "length":
		return lengthRule
	case "min-length":
		return minLengthRule
	case "max-length":
		return maxLengthRule
	case "size":
		return sizeRule
	case "min":
		return minRule
	case "max":
		return maxRule
	case "between":
		return betweenRule
	case "in":
		return inRule
	case "not-in":
		return notInRule
	case "email":
		return emailRule
	case "regex":
		return regexRule
	default:
		return nil
	}
}

// newQuickRules reads a tag v. ok is false where the tag itself leaves a doubt.
func newQuickRules(tag string) (rules quickRules, ok bool) {
	if tag == "" {
		return rules, true
	}
	parsed := ruletag.Parse(tag)
	if parsed.Alias != "" || len(parsed.Rules) == 0 || strings.ContainsAny(tag, "\r\n") {
		return rules, false
	}
	for _, rule := range parsed.Rules {
		if ruletag.IsRegistered(rule.Name) {
			rules.doubtful = true
		}
		rules.add(rule.Name, rule.Pattern)
	}
	return rules, true
}

func (r *quickRules) add(name, pattern string) {
	switch {
	case name == "bail":
		return
	case name == "required":
		r.required = true
		r.checks = append(r.checks, notEmpty)
		return
	case strings.HasPrefix(name, "required"):
		r.required, r.doubtful = true, true
		return
	}
	rule := ruleOf(name)
	if rule == nil {
		r.doubtful = true
		return
	}
	check := rule(pattern)
	if check == nil {
		r.doubtful = true
		return
	}
	r.checks = append(r.checks, check)
}

// accept reports whether all rules are surely kept by a value that was decoded
// already.
func (r *quickRules) accept(value []byte, decoded reflect.Value) bool {
	switch {
	case r.doubtful:
		return false
	case len(r.checks) == 0:
		return true
	case decoded.Kind() == reflect.String:
		return r.acceptText(decoded.String())
	case decoded.Kind() == reflect.Slice:
		// It is not empty, see sliceDecoder; other rules would see its JSON.
		return len(r.checks) == 1 && r.required
	case decoded.Kind() == reflect.Float64 && !plainInt(value):
		return false
	default:
		return r.acceptText(string(value))
	}
}

func (r *quickRules) acceptText(text string) bool {
	for _, check := range r.checks {
		if !check(text) {
			return false
		}
	}
	return true
}

// acceptDefault reports whether the rules are surely kept by a default.
func (r *quickRules) acceptDefault(fallback string) bool {
	return !r.doubtful && r.acceptText(fallback)
}

func notEmpty(text string) bool { return text != "" }

func lengthRule(pattern string) quickCheck {
	low, high, ok := strings.Cut(pattern, ",")
	least, err1 := strconv.Atoi(strings.TrimSpace(low))
	most, err2 := strconv.Atoi(strings.TrimSpace(high))
	if !ok || err1 != nil || err2 != nil {
		return nil
	}
	return func(text string) bool {
		n := utf8.RuneCountInString(text)
		return n >= least && n <= most
	}
}

func minLengthRule(pattern string) quickCheck {
	least, err := strconv.Atoi(pattern)
	if err != nil {
		return nil
	}
	return func(text string) bool { return utf8.RuneCountInString(text) >= least }
}

func maxLengthRule(pattern string) quickCheck {
	most, err := strconv.Atoi(pattern)
	if err != nil {
		return nil
	}
	return func(text string) bool { return utf8.RuneCountInString(text) <= most }
}

func sizeRule(pattern string) quickCheck {
	size, err := strconv.Atoi(pattern)
	if err != nil {
		return nil
	}
	return func(text string) bool { return utf8.RuneCountInString(text) == size }
}

func minRule(pattern string) quickCheck {
	least, err := strconv.ParseFloat(pattern, 64)
	if err != nil {
		return nil
	}
	return func(text string) bool {
		n, err := strconv.ParseFloat(text, 64)
		return err == nil && n >= least
	}
}

func maxRule(pattern string) quickCheck {
	most, err := strconv.ParseFloat(pattern, 64)
	if err != nil {
		return nil
	}
	return func(text string) bool {
		n, err := strconv.ParseFloat(text, 64)
		return err == nil && n <= most
	}
}

func betweenRule(pattern string) quickCheck {
	low, high, ok := strings.Cut(pattern, ",")
	least, most := minRule(strings.TrimSpace(low)), maxRule(strings.TrimSpace(high))
	if !ok || least == nil || most == nil {
		return nil
	}
	return func(text string) bool { return least(text) && most(text) }
}

func inRule(pattern string) quickCheck {
	values := gstr.SplitAndTrim(pattern, ",")
	return func(text string) bool {
		for _, value := range values {
			if text == strings.TrimSpace(value) {
				return true
			}
		}
		return false
	}
}

func notInRule(pattern string) quickCheck {
	in := inRule(pattern)
	return func(text string) bool { return !in(text) }
}

// emailPattern is gvalid's.
var emailPattern = regexp.MustCompile(`^[a-zA-Z0-9_\-\.]+@[a-zA-Z0-9_\-]+(\.[a-zA-Z0-9_\-]+)+$`)

func emailRule(string) quickCheck { return emailPattern.MatchString }

func regexRule(pattern string) quickCheck {
	expression, err := regexp.Compile(pattern)
	if err != nil {
		return nil
	}
	return expression.MatchString
}
