package asyncapi

import "reflect"

// schema is a JSON Schema, draft 7, as far as one is made of Go types. The zero
// value takes anything.
type schema struct {
	Ref         string `json:"$ref,omitempty"`
	Type        string `json:"type,omitempty"`
	Format      string `json:"format,omitempty"`
	Description string `json:"description,omitempty"`

	Const    any       `json:"const,omitempty"`
	Enum     []any     `json:"enum,omitempty"`
	Not      *schema   `json:"not,omitempty"`
	OneOf    []*schema `json:"oneOf,omitempty"`
	Default  any       `json:"default,omitempty"`
	Examples []any     `json:"examples,omitempty"`

	MinLength *int     `json:"minLength,omitempty"`
	MaxLength *int     `json:"maxLength,omitempty"`
	Pattern   string   `json:"pattern,omitempty"`
	Minimum   *float64 `json:"minimum,omitempty"`
	Maximum   *float64 `json:"maximum,omitempty"`

	Items      *schema            `json:"items,omitempty"`
	MinItems   int                `json:"minItems,omitempty"`
	Properties map[string]*schema `json:"properties,omitempty"`
	Additional *schema            `json:"additionalProperties,omitempty"`
	Required   []string           `json:"required,omitempty"`
}

func object(properties map[string]*schema, required ...string) *schema {
	return &schema{Type: "object", Properties: properties, Required: required}
}

// orNull returns a schema that takes null as well.
func orNull(s *schema) *schema {
	if s.takesAnything() {
		return s
	}
	outer := &schema{Description: s.Description, OneOf: []*schema{s, {Type: "null"}}}
	s.Description = ""
	return outer
}

func (s *schema) takesAnything() bool {
	return s.Type == "" && s.Ref == "" && s.Enum == nil && s.OneOf == nil
}

// notNull undoes orNull.
func (s *schema) notNull() (inner *schema, takesNull bool) {
	if len(s.OneOf) == 2 && s.OneOf[1].Type == "null" {
		return s.OneOf[0], true
	}
	return s, false
}

// direction is who writes what a schema is of.
type direction uint8

const (
	// received is what clients write. GoFrame reads it, which takes much else
	// than is described.
	received direction = iota
	// sent is what the server writes as JSON.
	sent
)

// directedType is a type in one direction.
type directedType struct {
	t         reflect.Type
	direction direction
}

// schemas make schemas of Go types. Structs with a name, and other types that
// hold themselves, are written once and referred to.
type schemas struct {
	direction direction
	named     map[string]*schema
	keys      keys
	around    []reflect.Type // containers with a name that are being written out
}
