package jsonrpc

import (
	"context"
	"reflect"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// Bind binds what ghttp's group.Bind takes: controllers, of which each exported
// method func(ctx context.Context, req *XxxReq) (res *XxxRes, err error) is
// bound, and functions of that form. A controller's methods whose first
// argument is no context, such as those for raw HTTP, are passed over.
//
// It binds all of what it is given or, on an error, nothing: a method that has
// no name, a name that is taken, a form that is none of the above, a tag that
// makes no sense, a field for an upload. [Router.Check] remembers the first
// error.
//
// The name of a method is the tag rpc of the request's g.Meta, or its path with
// dots: "/room/join" is "room.join". The tag order:"true" has the calls of a
// session run one after the other, timeout bounds a call, see [Timeout], and
// inline:"true" spares a handler that never waits the way to another goroutine:
// it runs where the session's messages are read, and nothing is read meanwhile.
// Rules of one's own are registered with gvalid before.
func (r *Router) Bind(controllers ...any) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var found []*method
	for _, controller := range controllers {
		methods, err := r.methodsOf(controller)
		if err != nil {
			return r.note(err)
		}
		found = append(found, methods...)
	}
	names := make(map[string]bool)
	for _, m := range found {
		if names[m.name] || r.method([]byte(m.name)) != nil {
			return r.note(gerror.NewCodef(gcode.CodeInvalidParameter, "method %q is bound twice: give one of them another rpc tag", m.name))
		}
		names[m.name] = true
	}
	r.add(found)
	return nil
}

// methodsOf lists the methods of one controller, or makes one of a function.
func (r *Router) methodsOf(controller any) ([]*method, error) {
	value := reflect.ValueOf(controller)
	if !value.IsValid() {
		return nil, gerror.NewCode(gcode.CodeInvalidParameter, "cannot bind nil")
	}
	if value.Kind() == reflect.Func {
		m, err := r.newMethod(value)
		if err != nil {
			return nil, gerror.Wrapf(err, "cannot bind %s", value.Type())
		}
		return []*method{m}, nil
	}
	var methods []*method
	for i := range value.NumMethod() {
		if !takesContext(value.Method(i).Type()) {
			continue
		}
		m, err := r.newMethod(value.Method(i))
		if err != nil {
			return nil, gerror.Wrapf(err, "cannot bind %s.%s", value.Type(), value.Type().Method(i).Name)
		}
		methods = append(methods, m)
	}
	if len(methods) == 0 {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter,
			"cannot bind %s: it has no method func(ctx context.Context, req *XxxReq) (res *XxxRes, err error)", value.Type())
	}
	return methods, nil
}

var (
	contextType = reflect.TypeFor[context.Context]()
	errorType   = reflect.TypeFor[error]()
)

func takesContext(t reflect.Type) bool {
	return t.NumIn() > 0 && t.In(0) == contextType
}

// checkForm tells whether t is func(ctx, *XxxReq) (*XxxRes, error).
func checkForm(t reflect.Type) error {
	fits := t.NumIn() == 2 && t.NumOut() == 2 && !t.IsVariadic() &&
		takesContext(t) && t.In(1).Kind() == reflect.Pointer && t.In(1).Elem().Kind() == reflect.Struct &&
		t.Out(1) == errorType
	if !fits {
		return gerror.NewCodef(gcode.CodeInvalidParameter,
			"it is %s instead of func(ctx context.Context, req *XxxReq) (res *XxxRes, err error)", t)
	}
	return nil
}
