package push

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
)

// maxBody is the most bytes that a request may bring.
const maxBody = 1 << 20

var (
	errTooLarge = gerror.NewCode(gcode.CodeInvalidRequest, "the body is larger than 1 MiB")
	// A form of another page cannot send this type.
	errNotJSON = gerror.NewCode(gcode.CodeInvalidRequest, "the body must be application/json")
)

// checkBody reads the body within its bound, since ghttp takes more, and makes
// sure that it is what the route asks for.
func checkBody(r *ghttp.Request) error {
	if r.Method != http.MethodPost {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return errNotJSON
	}
	r.Body = http.MaxBytesReader(r.Response.RawWriter(), r.Body, maxBody)
	body, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return errTooLarge
	case err != nil:
		return gerror.WrapCode(gcode.CodeInvalidRequest, err, "the body cannot be read")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return checkShape(body, r.GetServeHandler().Handler.Info.Type.In(1))
}

// checkShape makes sure that body is an object with no members but those of the
// request, each of its type. ghttp would make of a list in the place of an object
// an empty one, and a message would reach whom it was to leave out.
func checkShape(body []byte, request reflect.Type) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(reflect.New(request.Elem()).Interface())
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return gerror.NewCodef(gcode.CodeInvalidParameter, "%s: a JSON %s is not what is asked for", wrong.Field, wrong.Value)
	case errors.As(err, &wrong):
		return gerror.NewCodef(gcode.CodeInvalidParameter, "the body is a JSON %s, not an object", wrong.Value)
	case err != nil:
		return gerror.NewCodef(gcode.CodeInvalidParameter, "the body: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return gerror.NewCode(gcode.CodeInvalidParameter, "the body goes on behind its JSON")
	}
	return nil
}
