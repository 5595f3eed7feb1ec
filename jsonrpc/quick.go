package jsonrpc

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/os/gstructs"
	"github.com/gogf/gf/v2/util/gconv"
	"github.com/gogf/gf/v2/util/gvalid"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

// maxQuickFields is how many fields a bit set of them can tell apart.
const maxQuickFields = 64

// quickType is the quick way of a request's type: params by name, every name
// written exactly as the type has it, plain values that need no conversion, and
// rules that are surely kept. It says yes only where gconv and gvalid would
// make and accept the very same request; in any doubt it says no, and they
// decide and word the errors.
type quickType struct {
	fields   []quickField
	names    map[string]int
	defaults reflect.Value // a request as it is without params
}

// quickField is one field, reached through embedded structs by its index.
type quickField struct {
	index    []int
	decode   quickDecoder // nil for a type that has no quick way
	rules    quickRules
	optional bool // its rules hold where it is missing
}

// newQuickType returns nil for a type that leaves any doubt.
func newQuickType(structType reflect.Type) *quickType {
	if converts(structType) {
		return nil
	}
	pointer := reflect.New(structType)
	fields, err := gstructs.Fields(gstructs.FieldsInput{
		Pointer:         pointer.Interface(),
		RecursiveOption: gstructs.RecursiveOptionEmbedded,
	})
	if err != nil || len(fields) > maxQuickFields {
		return nil
	}
	t := &quickType{names: make(map[string]int), defaults: pointer.Elem()}
	plain := make(map[string]bool)
	fallbacks := make(map[string]any)
	for _, f := range fields {
		if isMeta(f) {
			if f.TagValid() != "" {
				return nil
			}
			continue
		}
		quick, ok := newQuickField(structType, f)
		name := f.TagPriorityName()
		if !ok || name == "-" || plain[plainName(name)] || plain[plainName(f.Name())] {
			return nil
		}
		plain[plainName(name)], plain[plainName(f.Name())] = true, true
		if fallback := f.TagDefault(); fallback != "" {
			// A default goes by the field's own name, see [requestType.fill].
			if plainName(name) != plainName(f.Name()) || !quick.takesDefault(f.Kind(), fallback) {
				return nil
			}
			fallbacks[f.Name()] = fallback
			quick.optional = true
		}
		t.names[name] = len(t.fields)
		t.fields = append(t.fields, quick)
	}
	if gconv.Struct(fallbacks, pointer.Interface()) != nil {
		return nil
	}
	return t
}

// takesDefault reports whether the rules surely accept a default, and requests
// can share it.
func (f *quickField) takesDefault(kind reflect.Kind, fallback string) bool {
	return f.decode != nil && kind != reflect.Slice && f.rules.acceptDefault(fallback)
}

func isMeta(f gstructs.Field) bool { return f.Type().String() == "gmeta.Meta" }

// plainName is how gconv and gvalid compare names where none fits exactly.
func plainName(name string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "", ".", "", " ", "").Replace(name))
}

func newQuickField(structType reflect.Type, f gstructs.Field) (quickField, bool) {
	found, ok := structType.FieldByName(f.Name())
	if !ok || !f.IsExported() || f.IsEmbedded() || !reachable(structType, found.Index) {
		return quickField{}, false
	}
	rules, ok := newQuickRules(f.TagValid())
	if !ok {
		return quickField{}, false
	}
	quick := quickField{index: found.Index, rules: rules, optional: !rules.required}
	if _, skipped := f.TagLookup("nv"); skipped {
		return quickField{}, false
	}
	quick.decode = decoderOf(found.Type)
	if quick.decode == nil && hasRules(found.Type, nil) {
		return quickField{}, false // gvalid looks into it even where it is missing
	}
	return quick, true
}

// reachable reports whether a field is reached through embedded structs that
// gconv fills: exported ones, and no pointers, which would have to be made.
func reachable(t reflect.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		f := t.Field(i)
		if f.Type.Kind() == reflect.Pointer || !f.IsExported() || converts(f.Type) {
			return false
		}
		t = f.Type
	}
	return true
}

// converts reports whether gconv or gvalid would ask the type itself.
func converts(t reflect.Type) bool {
	for _, name := range []string{"UnmarshalValue", "UnmarshalText", "UnmarshalJSON", "NoValidation"} {
		if _, ok := reflect.PointerTo(t).MethodByName(name); ok {
			return true
		}
	}
	return false
}

// hasRules reports whether any struct in t has validation rules. seen are the
// types around it, since a type may hold itself.
func hasRules(t reflect.Type, seen []reflect.Type) bool {
	if slices.Contains(seen, t) {
		return false
	}
	seen = append(seen, t)
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return hasRules(t.Elem(), seen)
	case reflect.Struct:
		return fieldsHaveRules(t, seen)
	default:
		return false
	}
}

func fieldsHaveRules(t reflect.Type, seen []reflect.Type) bool {
	for i := range t.NumField() {
		f := t.Field(i)
		for _, tag := range gvalid.GetTags() {
			if f.Tag.Get(tag) != "" {
				return true
			}
		}
		if hasRules(f.Type, seen) {
			return true
		}
	}
	return false
}

// parse fills request, and returns false where there is any doubt; request may
// be half filled then.
func (t *quickType) parse(params []byte, request reflect.Value) bool {
	request.Set(t.defaults)
	var given uint64
	if params != nil && (params[0] != '{' || !t.members(params, request, &given)) {
		return false
	}
	for i := range t.fields {
		if given&(1<<i) == 0 && !t.fields[i].optional {
			return false
		}
	}
	return true
}

// members takes over the members of params, which are known to be JSON.
func (t *quickType) members(params []byte, request reflect.Value, given *uint64) bool {
	for name, value := range rpcwire.Members(params) {
		i, ok := t.names[string(name[1:len(name)-1])]
		if !ok || *given&(1<<i) != 0 {
			return false
		}
		*given |= 1 << i
		if !t.fields[i].take(value, request) {
			return false
		}
	}
	return true
}

// take sets the field of request, and returns false where there is any doubt.
func (f *quickField) take(value []byte, request reflect.Value) bool {
	if f.decode == nil {
		return false
	}
	target := request.FieldByIndex(f.index)
	return f.decode(value, target) && f.rules.accept(value, target)
}
