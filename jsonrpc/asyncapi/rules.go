package asyncapi

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/gogf/gf/v2/os/gstructs"
	"github.com/gogf/gf/v2/text/gstr"

	"github.com/gfws/gf-websocket/jsonrpc/internal/ruletag"
)

// isRequired reports whether a request without the field is refused.
func isRequired(f gstructs.Field) bool {
	if f.TagDefault() != "" {
		return false
	}
	for _, rule := range ruletag.Parse(f.TagValid()).Rules {
		if rule.Name == "required" {
			return true
		}
	}
	return false
}

// applyRules tells of the rules for which JSON Schema has words.
func applyRules(s *schema, tag string) {
	if tag == "" {
		return
	}
	for _, rule := range ruletag.Parse(tag).Rules {
		applyRule(s, rule)
	}
}

func applyRule(s *schema, rule ruletag.Rule) {
	low, high, _ := strings.Cut(rule.Pattern, ",")
	switch rule.Name {
	case "required":
		s.notEmpty()
	case "length":
		s.MinLength, s.MaxLength = length(low), length(high)
	case "min-length":
		s.MinLength = length(rule.Pattern)
	case "max-length":
		s.MaxLength = length(rule.Pattern)
	case "size":
		s.MinLength, s.MaxLength = length(rule.Pattern), length(rule.Pattern)
	case "min":
		s.Minimum = number(rule.Pattern)
	case "max":
		s.Maximum = number(rule.Pattern)
	case "between":
		s.Minimum, s.Maximum = number(low), number(high)
	case "in":
		s.Enum = literals(s.Type, rule.Pattern)
	case "not-in":
		s.Not = &schema{Enum: literals(s.Type, rule.Pattern)}
	case "regex":
		s.Pattern = rule.Pattern
	default:
		s.Format = firstOf(format(rule.Name), s.Format)
	}
}

// notEmpty says that an empty text or list is none.
func (s *schema) notEmpty() {
	one := 1
	switch {
	case s.Type == "string" && s.MinLength == nil:
		s.MinLength = &one
	case s.Type == "array":
		s.MinItems = 1
	}
}

// format is JSON Schema's word for a rule, empty where it has none.
func format(rule string) string {
	switch rule {
	case "email", "ipv4", "ipv6", "date":
		return rule
	case "url":
		return "uri"
	case "domain":
		return "hostname"
	default:
		return ""
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func length(text string) *int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return nil
	}
	return &n
}

func number(text string) *float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return nil
	}
	return &n
}

func literals(typ, list string) []any {
	var values []any
	for _, text := range gstr.SplitAndTrim(list, ",") {
		values = append(values, literal(typ, text))
	}
	return values
}

// literal reads what stands in a tag as a value of that type, or as a text
// where it is none.
func literal(typ, text string) any {
	if typ == "string" {
		return text
	}
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return text
	}
	return value
}
