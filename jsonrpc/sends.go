package jsonrpc

import (
	"reflect"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// outgoing is a method of the client's that the server notifies or calls.
type outgoing struct {
	method string
	params reflect.Type // nil for none
	result reflect.Type // nil for none
	calls  bool         // an answer is wanted
}

// Sends declares for [Router.AsyncAPI] that clients are notified of method, with
// params of that type: a struct or a pointer to one, nil for none. It changes
// nothing in what is sent. An error says that method is declared already or
// that params are no struct.
func (r *Router) Sends(method string, params any) error {
	return r.declare(outgoing{method: method}, params, nil)
}

// Calls declares for [Router.AsyncAPI] that the server calls method of clients,
// as Sends does for notifications; result is what clients answer with.
func (r *Router) Calls(method string, params, result any) error {
	return r.declare(outgoing{method: method, calls: true}, params, result)
}

func (r *Router) declare(o outgoing, params, result any) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if o.method == "" {
		return r.note(gerror.NewCode(gcode.CodeInvalidParameter, "a method that is sent needs a name"))
	}
	for _, other := range r.outgoing {
		if other.method == o.method {
			return r.note(gerror.NewCodef(gcode.CodeInvalidParameter, "method %q is declared twice", o.method))
		}
	}
	var err error
	if o.params, err = structOf(params); err != nil {
		return r.note(gerror.Wrapf(err, "params of %s", o.method))
	}
	if result != nil {
		o.result = reflect.TypeOf(result)
	}
	r.outgoing = append(r.outgoing, o)
	return nil
}

// structOf returns the struct type of a prototype, nil for none.
func structOf(prototype any) (reflect.Type, error) {
	if prototype == nil {
		return nil, nil
	}
	t := reflect.TypeOf(prototype)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter, "%T is no struct", prototype)
	}
	return t, nil
}
