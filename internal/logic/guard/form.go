package guard

import (
	"encoding/json"
	"fmt"

	"github.com/gogf/gf/v2/errors/gcode"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// checkForm holds a message to JSON of a bounded depth. The depth comes first,
// since that takes no memory whatever the message is.
func checkForm(policy *model.MessagePolicy, m ws.Message) error {
	if policy.JSONDepth == 0 {
		return nil
	}
	if isDeeper(m.Data, policy.JSONDepth) {
		return &model.MessageRefusal{
			Reason: "depth",
			Close:  ws.CloseError{Code: ws.CodeMessageTooBig, Reason: fmt.Sprintf("JSON is nested deeper than %d", policy.JSONDepth)},
			Code:   gcode.CodeInvalidParameter,
		}
	}
	if !json.Valid(m.Data) {
		return &model.MessageRefusal{
			Reason: "json",
			Close:  ws.CloseError{Code: ws.CodeInvalidData, Reason: "message is not JSON"},
			Code:   gcode.CodeInvalidParameter,
		}
	}
	return nil
}

// isDeeper reports whether more than depth lists and objects are open at once
// anywhere in data. What is no JSON may pass here.
func isDeeper(data []byte, depth int) bool {
	open, inText := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			inText = !inText
		case inText && c == '\\':
			i++ // what is escaped ends no text
		case inText:
		case c == '{' || c == '[':
			if open++; open > depth {
				return true
			}
		case c == '}' || c == ']':
			open--
		}
	}
	return false
}
