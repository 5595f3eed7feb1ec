package asyncapi

import (
	"encoding/json"
	"math"
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
	return demands(ruletag.Parse(f.TagValid()).Rules)
}

// demands reports whether rules refuse an empty value. The others take one.
func demands(rules []ruletag.Rule) bool {
	isForEach := false
	for _, rule := range rules {
		if rule.Name == "required" && !isForEach {
			return true
		}
		isForEach = rule.Name == "foreach"
	}
	return false
}

// applyRules tells of the rules for which JSON Schema has words.
func applyRules(s *schema, tag string) {
	if tag == "" {
		return
	}
	rules := ruletag.Parse(tag).Rules
	target, ignoresCase := s, false
	for _, rule := range rules {
		switch rule.Name {
		case "bail":
			continue
		case "ci":
			ignoresCase = true
			continue
		case "foreach":
			target = s.items()
			continue
		case "in", "not-in":
			if !ignoresCase { // for which there are no words
				target.applyList(rule)
			}
		default:
			target.apply(rule)
		}
		target = s // foreach is for one rule
	}
	if s.Type == "string" && s.Enum != nil && !demands(rules) {
		s.Enum = append(s.Enum, "")
	}
}

// items returns what rules for each element go to.
func (s *schema) items() *schema {
	if s.Items == nil || s.Items.Ref != "" {
		return &schema{}
	}
	return s.Items
}

// apply tells of a rule that has words for values of this type.
func (s *schema) apply(rule ruletag.Rule) {
	switch s.Type {
	case "string":
		s.applyText(rule)
	case "integer", "number":
		s.applyNumber(rule)
	case "array":
		if rule.Name == "required" {
			s.MinItems = 1
		}
	}
}

func (s *schema) applyText(rule ruletag.Rule) {
	low, high, _ := strings.Cut(rule.Pattern, ",")
	switch rule.Name {
	case "required":
		if s.MinLength == nil {
			one := 1
			s.MinLength = &one
		}
	case "length":
		s.MinLength, s.MaxLength = length(low), length(high)
	case "min-length":
		s.MinLength = length(rule.Pattern)
	case "max-length":
		s.MaxLength = length(rule.Pattern)
	case "size":
		s.MinLength, s.MaxLength = length(rule.Pattern), length(rule.Pattern)
	case "regex":
		s.Pattern = rule.Pattern
	default:
		s.Format = firstOf(format(rule.Name), s.Format)
	}
}

func (s *schema) applyNumber(rule ruletag.Rule) {
	low, high, _ := strings.Cut(rule.Pattern, ",")
	switch rule.Name {
	case "min":
		s.Minimum = number(rule.Pattern)
	case "max":
		s.Maximum = number(rule.Pattern)
	case "between":
		s.Minimum, s.Maximum = number(low), number(high)
	}
}

// applyList tells of the rules in and not-in.
func (s *schema) applyList(rule ruletag.Rule) {
	if s.Type != "string" && !isScalar(s.Type) {
		return
	}
	values := literals(s.Type, rule.Pattern)
	if rule.Name == "in" {
		s.Enum = values
		return
	}
	s.Not = &schema{Enum: values}
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
	if err != nil || n < 0 {
		return nil
	}
	return &n
}

func number(text string) *float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
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
