package asyncapi

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

// schemas make schemas of Go types. Structs with a name are written once and
// referred to.
type schemas struct {
	named map[string]*schema
	keys  keys
}
