package asyncapi

import "strings"

// maxExampleDepth ends the example of a type that must hold another of itself.
const maxExampleDepth = 8

// example makes a value that a schema accepts, of what is required and what has
// an example of its own. ok is false where that cannot be told, such as for a
// pattern.
func (s *schemas) example(of *schema, depth int) (value any, ok bool) {
	of, _ = of.notNull()
	of = s.resolve(of)
	switch {
	case depth > maxExampleDepth:
		return nil, false
	case len(of.Examples) > 0:
		return of.Examples[0], true
	case of.Const != nil:
		return of.Const, true
	case of.Default != nil:
		return of.Default, true
	case len(of.Enum) > 0:
		return of.Enum[0], true
	case of.Pattern != "", of.Not != nil:
		return nil, false
	}
	switch of.Type {
	case "string":
		return exampleText(of)
	case "integer", "number":
		return exampleNumber(of), true
	case "boolean":
		return true, true
	case "array":
		return s.exampleList(of, depth+1)
	case "object":
		return s.exampleObject(of, depth+1)
	default:
		return nil, of.Type == "" && len(of.OneOf) == 0
	}
}

func (s *schemas) resolve(of *schema) *schema {
	if key, isRef := strings.CutPrefix(of.Ref, schemaPrefix); isRef {
		return s.named[key]
	}
	return of
}

func exampleText(of *schema) (string, bool) {
	switch of.Format {
	case "":
	case "email":
		return "ann@example.com", true
	case "uri":
		return "https://example.com", true
	case "hostname":
		return "example.com", true
	case "date-time":
		return "2026-01-02T03:04:05Z", true
	case "date":
		return "2026-01-02", true
	default:
		return "", false
	}
	text := "text"
	if of.MinLength != nil {
		text += strings.Repeat("x", max(0, *of.MinLength-len(text)))
	}
	if of.MaxLength != nil {
		text = text[:max(0, min(len(text), *of.MaxLength))]
	}
	return text, true
}

func exampleNumber(of *schema) float64 {
	switch {
	case of.Minimum != nil && *of.Minimum > 1:
		return *of.Minimum
	case of.Maximum != nil && *of.Maximum < 1:
		return *of.Maximum
	default:
		return 1
	}
}

func (s *schemas) exampleList(of *schema, depth int) (any, bool) {
	if of.MinItems == 0 {
		return []any{}, true
	}
	item, ok := s.example(of.Items, depth)
	return []any{item}, ok
}

func (s *schemas) exampleObject(of *schema, depth int) (any, bool) {
	value := make(map[string]any)
	for _, name := range of.Required {
		member, ok := s.example(of.Properties[name], depth)
		if !ok {
			return nil, false
		}
		value[name] = member
	}
	for name, property := range of.Properties {
		property, _ = property.notNull()
		if examples := s.resolve(property).Examples; len(examples) > 0 {
			value[name] = examples[0]
		}
	}
	return value, true
}
