package jsonrpc

import (
	"bytes"
	"context"
	"encoding/json"
	"mime/multipart"
	"reflect"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/gstructs"
	"github.com/gogf/gf/v2/util/gconv"
	"github.com/gogf/gf/v2/util/gutil"
	"github.com/gogf/gf/v2/util/gvalid"
)

// requestType knows how to make a request of params. What comes out is always
// what ghttp would make of the same JSON in a body.
type requestType struct {
	structType reflect.Type
	fields     []field
	quick      *quickType // nil where the type has no quick way
}

// field is a field of a request, those of embedded structs included.
type field struct {
	name     string // in Go
	param    string // by which clients know it
	fallback string // the tag d or default
	holds    reflect.Kind
}

func newRequestType(structType reflect.Type) (*requestType, error) {
	fields, err := gstructs.Fields(gstructs.FieldsInput{
		Pointer:         reflect.New(structType).Interface(),
		RecursiveOption: gstructs.RecursiveOptionEmbedded,
	})
	if err != nil {
		return nil, gerror.Wrapf(err, "fields of %s", structType)
	}
	t := &requestType{structType: structType}
	for _, f := range fields {
		if !f.IsExported() || f.Type().String() == "gmeta.Meta" {
			continue
		}
		if isUpload(f.Type().Type) {
			return nil, gerror.NewCodef(gcode.CodeInvalidParameter, "field %s takes an upload: its method can be bound to HTTP only", f.Name())
		}
		t.fields = append(t.fields, field{f.Name(), f.TagPriorityName(), f.TagDefault(), f.OriginalKind()})
	}
	t.quick = newQuickType(structType)
	return t, nil
}

// isUpload reports whether t is, or is a list of, ghttp's uploaded file, which
// embeds this header. From JSON there would come one with nothing behind it.
func isUpload(t reflect.Type) bool {
	// A type that is a list of itself has no end.
	seen := map[reflect.Type]bool{}
	for (t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice) && !seen[t] {
		seen[t] = true
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return false
	}
	header, ok := t.FieldByName("FileHeader")
	return ok && header.Anonymous && header.Type == reflect.TypeFor[*multipart.FileHeader]()
}

// parse makes the request of the params of a call: nil, an object, or an array.
// The result is a pointer to the struct. Its errors are what gvalid says, and
// an [Error] for params that do not fit the type.
func (t *requestType) parse(ctx context.Context, params []byte) (reflect.Value, error) {
	request := reflect.New(t.structType)
	if t.quick != nil && t.quick.parse(params, request.Elem()) {
		return request, nil
	}
	request.Elem().SetZero() // the quick way may have given up half way
	return request, t.fill(ctx, params, request.Interface())
}

// fill is how ghttp makes a request: see Request.Parse there.
func (t *requestType) fill(ctx context.Context, params []byte, request any) error {
	data, err := t.values(params)
	if err != nil {
		return err
	}
	for _, f := range t.fields {
		if f.fallback == "" {
			continue
		}
		key, value := gutil.MapPossibleItemByKey(data, f.name)
		if key == "" {
			data[f.name] = f.fallback
		} else if value == nil {
			data[key] = f.fallback
		}
	}
	if err = gconv.Struct(data, request); err != nil {
		return invalidParams(err.Error())
	}
	if failed := gvalid.New().Bail().Data(request).Assoc(data).Run(ctx); failed != nil {
		return failed
	}
	return nil
}

// values decodes params by name. Params by position are those of the fields in
// their order; an array of one object is that object, unless the first field
// holds one itself.
func (t *requestType) values(params []byte) (map[string]any, error) {
	data := make(map[string]any)
	if params == nil {
		return data, nil
	}
	if params[0] == '{' {
		return data, decode(params, &data)
	}
	var list []any
	if err := decode(params, &list); err != nil {
		return nil, err
	}
	if object, ok := onlyObject(list); ok && !t.firstHoldsObject() {
		return object, nil
	}
	if len(list) > len(t.fields) {
		return nil, invalidParams("there are more params than the request has fields")
	}
	for i, value := range list {
		data[t.fields[i].param] = value
	}
	return data, nil
}

func onlyObject(list []any) (map[string]any, bool) {
	if len(list) != 1 {
		return nil, false
	}
	object, ok := list[0].(map[string]any)
	return object, ok
}

func (t *requestType) firstHoldsObject() bool {
	if len(t.fields) == 0 {
		return false
	}
	switch t.fields[0].holds {
	case reflect.Struct, reflect.Map, reflect.Interface:
		return true
	default:
		return false
	}
}

// decode keeps numbers as they are written, as ghttp does.
func decode(text []byte, to any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(to); err != nil {
		return invalidParams(err.Error())
	}
	return nil
}
