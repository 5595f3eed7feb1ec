package asyncapi

import (
	"encoding"
	"encoding/json"
	"path"
	"reflect"
	"strings"

	"github.com/gogf/gf/v2/os/gstructs"
)

var (
	jsonType = reflect.TypeFor[json.Marshaler]()
	textType = reflect.TypeFor[encoding.TextMarshaler]()
)

// of returns the schema of a type.
func (s *schemas) of(t reflect.Type) *schema {
	if t.Kind() == reflect.Pointer {
		return s.of(t.Elem())
	}
	if own := ofOwnForm(t); own != nil {
		return own
	}
	switch t.Kind() {
	case reflect.String:
		return &schema{Type: "string"}
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &schema{Type: "integer"}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &schema{Type: "integer", Minimum: new(float64)}
	case reflect.Float32, reflect.Float64:
		return &schema{Type: "number"}
	case reflect.Slice, reflect.Array:
		return s.ofList(t)
	case reflect.Map:
		return &schema{Type: "object", Additional: s.of(t.Elem())}
	case reflect.Struct:
		return s.ofStruct(t)
	default:
		return &schema{}
	}
}

// ofOwnForm returns the schema of a type that says itself how it is written,
// nil for any other.
func ofOwnForm(t reflect.Type) *schema {
	pointer := reflect.PointerTo(t)
	switch {
	case t.String() == "time.Time":
		return &schema{Type: "string", Format: "date-time"}
	case t.String() == "gtime.Time":
		return &schema{Type: "string"}
	case t == reflect.TypeFor[json.Number]():
		return &schema{Type: "number"}
	case pointer.Implements(jsonType):
		return &schema{}
	case pointer.Implements(textType):
		return &schema{Type: "string"}
	default:
		return nil
	}
}

func (s *schemas) ofList(t reflect.Type) *schema {
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return &schema{Type: "string", Description: "Base64"}
	}
	return &schema{Type: "array", Items: s.of(t.Elem())}
}

// ofStruct refers to a struct with a name, and writes out one without.
func (s *schemas) ofStruct(t reflect.Type) *schema {
	if t.Name() == "" {
		return s.fields(t)
	}
	key, known := s.keys.key(t, nameOfType(t))
	if !known {
		s.named[key] = &schema{} // it may hold itself
		*s.named[key] = *s.fields(t)
	}
	return &schema{Ref: "#/components/schemas/" + key}
}

// nameOfType is the name with the end of the package's path, for which
// ".../api/room/v1" gives "room.v1".
func nameOfType(t reflect.Type) string {
	folder := t.PkgPath()
	name := path.Base(folder) + "." + t.Name()
	if base := path.Base(folder); strings.HasPrefix(base, "v") && strings.Trim(base[1:], "0123456789") == "" {
		name = path.Base(path.Dir(folder)) + "." + name
	}
	return name
}

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
		name := f.TagPriorityName()
		if !f.IsExported() || name == "-" || f.Type().String() == "gmeta.Meta" {
			continue
		}
		property := s.field(f)
		object.Properties[name] = property
		if isRequired(f) {
			object.Required = append(object.Required, name)
		}
	}
	return object
}

// field is the schema of a field with what its tags say. A reference stands
// alone, since what is beside one has no meaning in draft 7.
func (s *schemas) field(f gstructs.Field) *schema {
	field := s.of(f.Type().Type)
	if field.Ref != "" {
		return field
	}
	if text := f.TagDescription(); text != "" {
		field.Description = text
	}
	applyRules(field, f.TagValid())
	if text := f.TagDefault(); text != "" {
		field.Default = literal(field.Type, text)
	}
	if text := f.TagExample(); text != "" {
		field.Examples = []any{literal(field.Type, text)}
	}
	return field
}
