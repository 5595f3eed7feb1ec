package asyncapi

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/os/gstructs"
)

// fields writes out a struct.
func (s *schemas) fields(t reflect.Type) *schema {
	object := object(make(map[string]*schema))
	fields, err := gstructs.Fields(gstructs.FieldsInput{
		Pointer:         reflect.New(t).Interface(),
		RecursiveOption: gstructs.RecursiveOptionEmbedded,
	})
	if err != nil {
		return object
	}
	for _, f := range fields {
		name := s.nameOf(f)
		if !f.IsExported() || name == "-" || f.Type().String() == "gmeta.Meta" {
			continue
		}
		object.Properties[name] = s.field(f)
		if isRequired(f) {
			object.Required = append(object.Required, name)
		}
	}
	return object
}

// nameOf is how a field is called: GoFrame reads it by several tags, and it is
// written by that of JSON alone.
func (s *schemas) nameOf(f gstructs.Field) string {
	if s.direction == received {
		return f.TagPriorityName()
	}
	name, _, _ := strings.Cut(f.Tag("json"), ",")
	return firstOf(name, f.Name())
}

// field is the schema of a field with what its tags say.
func (s *schemas) field(f gstructs.Field) *schema {
	field := s.value(f.Type().Type)
	s.describe(field, f)
	if s.direction == sent && isNullable(f.Type().Type) && !isLeftOut(f) && !isRequired(f) {
		return orNull(field)
	}
	return field
}

// describe adds what the tags say. A reference stands alone, since what is
// beside one has no meaning in draft 7.
func (s *schemas) describe(field *schema, f gstructs.Field) {
	if field.Ref != "" {
		return
	}
	if s.direction == sent && isQuoted(f) && isScalar(field.Type) {
		*field = schema{Type: "string"}
	}
	field.Description = firstOf(f.TagDescription(), field.Description)
	applyRules(field, f.TagValid())
	if text := f.TagDefault(); text != "" {
		field.Default = literal(field.Type, text)
	}
	if text := f.TagExample(); text != "" {
		field.Examples = []any{literal(field.Type, text)}
	}
}

// isLeftOut reports whether JSON leaves a nil out.
func isLeftOut(f gstructs.Field) bool { return hasOption(f, "omitempty") || hasOption(f, "omitzero") }

// isQuoted reports whether JSON writes a number or a bool as a text.
func isQuoted(f gstructs.Field) bool { return hasOption(f, "string") }

func hasOption(f gstructs.Field, option string) bool {
	options := strings.Split(f.Tag("json"), ",")
	return slices.Contains(options[1:], option)
}

func isScalar(typ string) bool { return typ == "integer" || typ == "number" || typ == "boolean" }
