package asyncapi

import (
	"encoding"
	"encoding/json"
	"path"
	"reflect"
	"slices"
	"strings"
)

var (
	jsonType = reflect.TypeFor[json.Marshaler]()
	textType = reflect.TypeFor[encoding.TextMarshaler]()
)

// of returns the schema of a type.
func (s *schemas) of(t reflect.Type) *schema {
	if s.direction == sent && isNullable(t) {
		return orNull(s.value(t))
	}
	return s.value(t)
}

// isNullable reports whether a value of a type may be written as null.
func isNullable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer:
		return true
	case reflect.Slice, reflect.Map:
		return ofOwnForm(t) == nil
	default:
		return false
	}
}

// value returns the schema of a type, of what a pointer leads to where it is
// one.
func (s *schemas) value(t reflect.Type) *schema {
	for t.Kind() == reflect.Pointer && t.Name() == "" {
		t = t.Elem()
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
	case reflect.Slice, reflect.Array, reflect.Map:
		return s.ofContainer(t)
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

// ofContainer refers to a container with a name that holds itself, and writes
// out any other.
func (s *schemas) ofContainer(t reflect.Type) *schema {
	if t.Name() == "" {
		return s.elements(t)
	}
	if key, known := s.keys.of[s.typed(t)]; known {
		return refTo(key)
	}
	if slices.Contains(s.around, t) {
		return refTo(s.keyOf(t))
	}
	s.around = append(s.around, t)
	made := s.elements(t)
	s.around = s.around[:len(s.around)-1]
	key, isHeld := s.keys.of[s.typed(t)]
	if !isHeld {
		return made
	}
	s.named[key] = made
	return refTo(key)
}

func (s *schemas) elements(t reflect.Type) *schema {
	if t.Kind() == reflect.Map {
		return &schema{Type: "object", Additional: s.of(t.Elem())}
	}
	return s.ofList(t)
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
	_, isKnown := s.keys.of[s.typed(t)]
	key := s.keyOf(t)
	if !isKnown {
		s.named[key] = &schema{} // it may hold itself
		*s.named[key] = *s.fields(t)
	}
	return refTo(key)
}

// typed is what a type goes by: it is written in another way than it is read.
func (s *schemas) typed(t reflect.Type) any { return directedType{t, s.direction} }

func (s *schemas) keyOf(t reflect.Type) string {
	key, _ := s.keys.key(s.typed(t), nameOfType(t))
	return key
}

func refTo(key string) *schema { return &schema{Ref: schemaPrefix + key} }

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
