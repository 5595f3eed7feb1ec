package push

import (
	"encoding/base64"
	"encoding/json"
	"unicode/utf8"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/ws"
)

// Message makes a message of what stands in a request: of kind "text" it is a
// string of JSON, of "binary" one in base64, of "json" any value, which is sent
// as it stands.
func (s *sPush) Message(kind string, data []byte) (ws.Message, error) {
	if kind == "json" {
		// Not all that passes for JSON here is UTF-8, which a text must be.
		if !json.Valid(data) || !utf8.Valid(data) {
			return ws.Message{}, gerror.NewCode(gcode.CodeInvalidParameter, "data is not JSON in UTF-8")
		}
		return ws.Message{Type: ws.Text, Data: data}, nil
	}
	var text *string
	if err := json.Unmarshal(data, &text); err != nil || text == nil {
		return ws.Message{}, gerror.NewCodef(gcode.CodeInvalidParameter, `data of type %q is a string; type "json" takes any value`, kind)
	}
	if kind != "binary" {
		return ws.TextMessage(*text), nil
	}
	decoded, err := base64.StdEncoding.DecodeString(*text)
	if err != nil {
		return ws.Message{}, gerror.WrapCode(gcode.CodeInvalidParameter, err, "data is not base64")
	}
	return ws.BinaryMessage(decoded), nil
}
