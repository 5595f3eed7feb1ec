package jsonrpc

import (
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// methodName is the tag rpc of g.Meta, or else its path with dots, without the
// parameters of the path: "/room/join" is "room.join", "/orders/{id}/lines" is
// "orders.lines". Prefixes of groups and versions are not known here and so no
// part of it.
func methodName(meta map[string]string) (string, error) {
	name := strings.TrimSpace(meta["rpc"])
	if name == "" {
		name = nameOfPath(meta["path"])
	}
	switch {
	case name == "":
		return "", gerror.NewCode(gcode.CodeInvalidParameter, "g.Meta needs a tag rpc, or a path to make a name of")
	case strings.HasPrefix(name, "rpc."):
		return "", gerror.NewCodef(gcode.CodeInvalidParameter, "method %q: JSON-RPC keeps names with rpc. for itself", name)
	case strings.HasPrefix(name, ownPrefix):
		return "", gerror.NewCodef(gcode.CodeInvalidParameter, "method %q: names with $/ are the protocol's own", name)
	}
	return name, nil
}

func nameOfPath(path string) string {
	var words []string
	for word := range strings.SplitSeq(path, "/") {
		if word == "" || strings.ContainsAny(word[:1], ":*") || strings.Contains(word, "{") {
			continue
		}
		words = append(words, word)
	}
	return strings.Join(words, ".")
}
