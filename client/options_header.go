package client

import (
	"net/http"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"golang.org/x/net/http/httpguts"
)

// requestHeader returns the header that o asks for, Origin included, with
// canonical names. Values never appear in its errors: they may be secrets.
func requestHeader(o Options) (http.Header, error) {
	header := make(http.Header, len(o.Header)+1)
	for name, values := range o.Header {
		if err := checkHeader(name, values); err != nil {
			return nil, err
		}
		canonical := http.CanonicalHeaderKey(name)
		header[canonical] = append(header[canonical], values...)
	}
	if err := checkSubprotocols(o.Subprotocols); err != nil {
		return nil, err
	}
	return header, addOrigin(header, o.Origin)
}

func checkHeader(name string, values []string) error {
	if !httpguts.ValidHeaderFieldName(name) {
		return gerror.NewCodef(gcode.CodeInvalidParameter, "header name %q is not valid", name)
	}
	if reserved(http.CanonicalHeaderKey(name)) {
		return gerror.NewCodef(gcode.CodeInvalidParameter,
			"header %s is set by the handshake itself and cannot be given", name)
	}
	for _, value := range values {
		if !httpguts.ValidHeaderFieldValue(value) {
			return gerror.NewCodef(gcode.CodeInvalidParameter,
				"the value of header %s has a character that no header may have", name)
		}
	}
	return nil
}

// reserved reports whether a header belongs to the handshake or would change
// the framing of its request.
func reserved(canonical string) bool {
	switch canonical {
	case "Host", "Connection", "Upgrade", "Content-Length", "Transfer-Encoding", "Trailer":
		return true
	}
	return strings.HasPrefix(canonical, "Sec-Websocket-")
}

func addOrigin(header http.Header, origin string) error {
	if origin == "" {
		return nil
	}
	if header.Get("Origin") != "" {
		return gerror.NewCode(gcode.CodeInvalidParameter,
			"the origin is given twice, as an option and as a header")
	}
	if !httpguts.ValidHeaderFieldValue(origin) {
		return gerror.NewCode(gcode.CodeInvalidParameter,
			"the origin has a character that no header may have")
	}
	header.Set("Origin", origin)
	return nil
}

// checkSubprotocols refuses what RFC 6455 section 4.1 forbids: names that are
// no tokens, and the same one twice.
func checkSubprotocols(names []string) error {
	seen := make(map[string]bool, len(names))
	for _, name := range names {
		if !httpguts.ValidHeaderFieldName(name) {
			return gerror.NewCodef(gcode.CodeInvalidParameter, "subprotocol %q is not a token", name)
		}
		if seen[name] {
			return gerror.NewCodef(gcode.CodeInvalidParameter, "subprotocol %q is given twice", name)
		}
		seen[name] = true
	}
	return nil
}
