package jsonrpc

import (
	"context"
	"reflect"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/util/gmeta"
)

// method is a bound handler and what its g.Meta says.
type method struct {
	name    string
	handler reflect.Value
	request *requestType
	result  reflect.Type
	meta    map[string]string
	ordered bool
	inline  bool          // runs where messages are read
	timeout time.Duration // 0 for none
}

func (r *Router) newMethod(handler reflect.Value) (*method, error) {
	if handler.IsNil() {
		return nil, gerror.NewCode(gcode.CodeInvalidParameter, "it is nil")
	}
	form := handler.Type()
	if err := checkForm(form); err != nil {
		return nil, err
	}
	structType := form.In(1).Elem()
	meta := gmeta.Data(reflect.New(structType).Interface())
	name, err := methodName(meta)
	if err != nil {
		return nil, err
	}
	m := &method{name: name, handler: handler, result: form.Out(0), meta: meta}
	if m.ordered, err = switchOf(meta, "order"); err != nil {
		return nil, err
	}
	if m.inline, err = switchOf(meta, "inline"); err != nil {
		return nil, err
	}
	if m.timeout, err = timeoutOf(meta, r.options.timeout); err != nil {
		return nil, err
	}
	m.request, err = newRequestType(structType)
	return m, err
}

func switchOf(meta map[string]string, tag string) (bool, error) {
	switch meta[tag] {
	case "":
		return false, nil
	case "true":
		return true, nil
	default:
		return false, gerror.NewCodef(gcode.CodeInvalidParameter, "tag %s is %q: it can only be \"true\"", tag, meta[tag])
	}
}

func timeoutOf(meta map[string]string, usual time.Duration) (time.Duration, error) {
	switch tag := meta["timeout"]; tag {
	case "":
		return usual, nil
	case "off":
		return 0, nil
	default:
		limit, err := time.ParseDuration(tag)
		if err != nil || limit <= 0 {
			return 0, gerror.NewCodef(gcode.CodeInvalidParameter, "tag timeout is %q: it is a duration such as \"5s\", or \"off\"", tag)
		}
		return limit, nil
	}
}

// call is the innermost [Next]: it parses the request and calls the handler.
func (m *method) call(ctx context.Context, r *Request) (any, error) {
	value, err := m.request.parse(ctx, r.params)
	if err != nil {
		return nil, err
	}
	out := m.handler.Call([]reflect.Value{reflect.ValueOf(ctx), value})
	err, _ = out[1].Interface().(error)
	return out[0].Interface(), err
}
