package jsonrpc

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/util/gmeta"

	"github.com/gfws/gf-websocket/jsonrpc/asyncapi"
)

// AsyncAPI returns an AsyncAPI 3.0 document of what is bound, and of what
// [Router.Sends] and [Router.Calls] have declared, as JSON. The tags summary,
// dc and tags of g.Meta describe methods, dc and eg fields; rules, defaults and
// examples of fields are part of the schemas.
func (r *Router) AsyncAPI(info asyncapi.Info) ([]byte, error) {
	document, err := json.MarshalIndent(asyncapi.Describe(r.describe(info)), "", "  ")
	return document, gerror.Wrap(err, "document of the methods")
}

func (r *Router) describe(info asyncapi.Info) asyncapi.Description {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := asyncapi.Description{Info: info}
	for _, m := range *r.table.Load() {
		o := operationOf(m.name, m.meta)
		o.Params, o.Replies, o.Result = m.request.structType, true, m.result
		if len(m.request.fields) == 0 {
			o.Params = nil
		}
		d.Receives = append(d.Receives, o)
	}
	for _, out := range r.outgoing {
		o := asyncapi.Operation{Method: out.method}
		if out.params != nil {
			o = operationOf(out.method, gmeta.Data(reflect.New(out.params).Interface()))
		}
		o.Params, o.Replies, o.Result = out.params, out.calls, out.result
		d.Sends = append(d.Sends, o)
	}
	return d
}

func operationOf(method string, meta map[string]string) asyncapi.Operation {
	o := asyncapi.Operation{Method: method}
	o.Summary = firstTag(meta, "summary", "sum", "sm")
	o.Description = firstTag(meta, "description", "des", "dc")
	for name := range strings.SplitSeq(meta["tags"], ",") {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(o.Tags, name) {
			o.Tags = append(o.Tags, name)
		}
	}
	return o
}

func firstTag(meta map[string]string, names ...string) string {
	for _, name := range names {
		if meta[name] != "" {
			return meta[name]
		}
	}
	return ""
}
