package asyncapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	schemaPrefix  = "#/components/schemas/"
	messagePrefix = "#/channels/" + channelKey + "/messages/"
)

// message finds what an operation refers to; one that is not there is empty.
func (d *Document) message(r ref) *message {
	if m := d.Components.Messages[strings.TrimPrefix(r.Ref, messagePrefix)]; m != nil && m.Payload != nil {
		return m
	}
	return &message{Payload: &schema{}}
}

// resolve follows a reference; one that leads nowhere is empty.
func (d *Document) resolve(s *schema) *schema {
	if s.Ref == "" {
		return s
	}
	if named := d.Components.Schemas[strings.TrimPrefix(s.Ref, schemaPrefix)]; named != nil {
		return named
	}
	return &schema{}
}

// row is a field as the page shows it.
type row struct {
	Name, Type, Link string
	Required         bool
	Rules            []string
	Description      string
}

// rowsOf lists the fields of a struct, those of structs without a name below
// the field that holds them.
func rowsOf(s *schema) []row {
	var rows []row
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		property := s.Properties[name]
		rows = append(rows, rowOf(name, property, slices.Contains(s.Required, name)))
		if property == nil {
			continue
		}
		property, _ = property.notNull()
		for _, below := range rowsOf(property) {
			below.Name = name + "." + below.Name
			rows = append(rows, below)
		}
	}
	return rows
}

func rowOf(name string, s *schema, required bool) row {
	if s == nil {
		s = &schema{}
	}
	typ, link := typeOf(s)
	inner, _ := s.notNull()
	return row{name, typ, link, required, rulesOf(inner), firstOf(s.Description, inner.Description)}
}

// typeOf names a type, and what its name links to.
func typeOf(s *schema) (name, link string) {
	if inner, takesNull := s.notNull(); takesNull {
		name, link = typeOf(inner)
		return name + " or null", link
	}
	switch {
	case s.Ref != "":
		key := strings.TrimPrefix(s.Ref, schemaPrefix)
		return key, key
	case s.Items != nil:
		name, link = typeOf(s.Items)
		return "list of " + name, link
	case s.Additional != nil:
		name, link = typeOf(s.Additional)
		return "map of " + name, link
	case s.Type == "":
		return "anything", ""
	case s.Format != "":
		return s.Type + " (" + s.Format + ")", ""
	default:
		return s.Type, ""
	}
}

// rulesOf tells the rules in words.
func rulesOf(s *schema) []string {
	var rules []string
	add := func(format string, value any) { rules = append(rules, fmt.Sprintf(format, value)) }
	if s.MinLength != nil {
		add("at least %v characters", *s.MinLength)
	}
	if s.MaxLength != nil {
		add("at most %v characters", *s.MaxLength)
	}
	if s.Minimum != nil {
		add("at least %v", plain(*s.Minimum))
	}
	if s.Maximum != nil {
		add("at most %v", plain(*s.Maximum))
	}
	if s.MinItems > 0 {
		add("at least %v of them", s.MinItems)
	}
	if len(s.Enum) > 0 {
		add("one of %s", listOf(s.Enum))
	}
	if s.Not != nil {
		add("none of %s", listOf(s.Not.Enum))
	}
	if s.Pattern != "" {
		add("like %s", s.Pattern)
	}
	if s.Default != nil {
		add("default %s", plain(s.Default))
	}
	return rules
}

func listOf(values []any) string {
	var texts []string
	for _, value := range values {
		texts = append(texts, plain(value))
	}
	return strings.Join(texts, ", ")
}

// plain writes a value as JSON does.
func plain(value any) string {
	text, _ := json.Marshal(value)
	return string(text)
}
