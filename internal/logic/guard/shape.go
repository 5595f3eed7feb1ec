package guard

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/util/gtag"
	"github.com/gogf/gf/v2/util/gvalid"
)

// shape knows how encoding/json fills a struct and those inside of it. The rules
// are held against what it fills in, and against nothing else that a message
// says: gvalid finds a field under other names than encoding/json does.
type shape struct {
	fields map[reflect.Type][]shapeField // of each type inside; nil for what is no struct
}

// shapeField is a field of a struct, or of one that is embedded in it.
type shapeField struct {
	json, name string // its names in JSON and in Go
	typ        reflect.Type
	rules      string
	unseen     bool // by gvalid, since it is in a struct that is not exported
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

func newShape(typ reflect.Type) *shape {
	s := &shape{fields: map[reflect.Type][]shapeField{}}
	s.add(typ)
	return s
}

// add takes in typ, and what it is made of.
func (s *shape) add(typ reflect.Type) {
	if _, known := s.fields[typ]; known {
		return
	}
	s.fields[typ] = nil
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		s.add(typ.Elem())
	case reflect.Struct:
		if decodesItself(typ) {
			return
		}
		s.fields[typ] = fieldsOf(typ, nil)
		for _, field := range s.fields[typ] {
			s.add(field.typ)
		}
	}
}

func decodesItself(typ reflect.Type) bool {
	return typ.Implements(unmarshaler) || reflect.PointerTo(typ).Implements(unmarshaler)
}

// fieldsOf lists the fields of a struct, its own before those of what it embeds.
// within are the structs that it is embedded in.
func fieldsOf(typ reflect.Type, within []reflect.Type) []shapeField {
	within = append(within, typ)
	var own, embedded []shapeField
	for i := range typ.NumField() {
		field := typ.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if inner := derefType(field.Type); field.Anonymous && name == "" && inner.Kind() == reflect.Struct {
			if !slices.Contains(within, inner) {
				embedded = append(embedded, embeddedFields(field, inner, within)...)
			}
			continue
		}
		if !field.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = field.Name
		}
		own = append(own, shapeField{json: name, name: field.Name, typ: field.Type, rules: rulesOf(field)})
	}
	return append(own, embedded...)
}

// embeddedFields lists those of a struct that is embedded as field.
func embeddedFields(field reflect.StructField, typ reflect.Type, within []reflect.Type) []shapeField {
	fields := fieldsOf(typ, within)
	for i := range fields {
		fields[i].unseen = fields[i].unseen || !field.IsExported()
	}
	return fields
}

func derefType(typ reflect.Type) reflect.Type {
	if typ.Kind() == reflect.Pointer {
		return typ.Elem()
	}
	return typ
}

// rulesOf returns the rules in the tag of a field.
func rulesOf(field reflect.StructField) string {
	for _, tag := range []string{gtag.Valid, gtag.ValidShort} {
		if value := field.Tag.Get(tag); value != "" {
			_, rules, _ := gvalid.ParseTagValue(value)
			return rules
		}
	}
	return ""
}

// filled returns what of value gets into a variable of type typ.
func (s *shape) filled(typ reflect.Type, value any) any {
	switch value := value.(type) {
	case []any:
		if kind := derefType(typ).Kind(); kind != reflect.Slice && kind != reflect.Array {
			return value
		}
		items := make([]any, 0, len(value))
		for _, item := range value {
			items = append(items, s.filled(derefType(typ).Elem(), item))
		}
		return items
	case map[string]any:
		return s.filledObject(derefType(typ), value)
	}
	return value
}

// filledObject is filled for a JSON object.
func (s *shape) filledObject(typ reflect.Type, object map[string]any) any {
	if typ.Kind() == reflect.Map {
		entries := make(map[string]any, len(object))
		for name, value := range object {
			entries[name] = s.filled(typ.Elem(), value)
		}
		return entries
	}
	fields := s.fields[typ]
	if fields == nil {
		return object
	}
	filled := make(map[string]any, 2*len(fields))
	for _, field := range fields {
		filled[field.json] = nil // so that gvalid looks for nothing like it
	}
	for name, value := range object {
		if field := find(fields, name); field != nil {
			filled[field.json] = s.filled(field.typ, value)
		}
	}
	for _, field := range fields {
		if _, taken := filled[field.name]; !taken {
			filled[field.name] = filled[field.json]
		}
	}
	return filled
}

// find returns the field that encoding/json fills for a name, or nil.
func find(fields []shapeField, name string) *shapeField {
	for i := range fields {
		if fields[i].json == name {
			return &fields[i]
		}
	}
	for i := range fields {
		if strings.EqualFold(fields[i].json, name) {
			return &fields[i]
		}
	}
	return nil
}
