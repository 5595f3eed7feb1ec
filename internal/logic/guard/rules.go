package guard

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"reflect"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/util/gvalid"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// whole names the message itself where no field of it is the matter.
const whole = ""

// checkRules tells all that the rules find wrong.
func checkRules(ctx context.Context, policy *model.MessagePolicy, m ws.Message) error {
	if policy.Validate == nil {
		return nil
	}
	fields := policy.Validate(ctx, m)
	if len(fields) == 0 {
		return nil
	}
	return &model.MessageRefusal{
		Reason: "validation",
		Close:  ws.CloseError{Code: ws.CodePolicyViolation, Reason: firstOf(fields)},
		Code:   gcode.CodeValidationFailed,
		Fields: fields,
	}
}

// firstOf returns what is wrong with the first field in the order of the names,
// so that it is the same each time.
func firstOf(fields map[string]string) string {
	first, found := whole, false
	for name := range fields {
		if !found || name < first {
			first, found = name, true
		}
	}
	return fields[first]
}

// ParseRules reads what messages must be: a struct with rules of gvalid in its
// tags, a map of rules for the fields of a JSON object, or one rule for the text
// itself.
func (s *sGuard) ParseRules(schema any) (model.Validation, error) {
	switch rules := schema.(type) {
	case string:
		return validateText(rules)
	case map[string]string:
		return validateFields(rules)
	}
	typ := reflect.TypeOf(schema)
	for typ != nil && typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ == nil || typ.Kind() != reflect.Struct {
		return nil, gerror.NewCodef(gcode.CodeInvalidConfiguration,
			"messages are validated by a struct, a map of rules or one rule, not by %T", schema)
	}
	return validateStruct(typ), nil
}

func validateText(rule string) (model.Validation, error) {
	if rule == "" {
		return nil, gerror.NewCode(gcode.CodeInvalidConfiguration, "the rule for messages is empty")
	}
	return func(ctx context.Context, m ws.Message) map[string]string {
		return failures(gvalid.New().Data(string(m.Data)).Rules(rule).Run(ctx))
	}, nil
}

func validateFields(rules map[string]string) (model.Validation, error) {
	if len(rules) == 0 {
		return nil, gerror.NewCode(gcode.CodeInvalidConfiguration, "there is no rule for any field of messages")
	}
	return func(ctx context.Context, m ws.Message) map[string]string {
		fields, wrong := decodeObject(m.Data)
		if wrong != nil {
			return wrong
		}
		return failures(gvalid.New().Data(fields).Rules(rules).Run(ctx))
	}, nil
}

// validateStruct decodes each message into a struct of its own. Beside it goes
// what was said, so that a field which is missing differs from one of zero.
func validateStruct(typ reflect.Type) model.Validation {
	return func(ctx context.Context, m ws.Message) map[string]string {
		fields, wrong := decodeObject(m.Data)
		if wrong != nil {
			return wrong
		}
		value := reflect.New(typ).Interface()
		if err := json.Unmarshal(m.Data, value); err != nil {
			return wrongType(err)
		}
		return failures(gvalid.New().Data(value).Assoc(fields).Run(ctx))
	}
}

func decodeObject(data []byte) (fields map[string]any, wrong map[string]string) {
	if data = bytes.TrimSpace(data); len(data) == 0 || data[0] != '{' || json.Unmarshal(data, &fields) != nil {
		return nil, map[string]string{whole: "message is not a JSON object"}
	}
	return fields, nil
}

// wrongType tells which field is of another type than its rules are for.
func wrongType(err error) map[string]string {
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return map[string]string{mismatch.Field: "expected " + mismatch.Type.String() + ", not " + mismatch.Value}
	}
	return map[string]string{whole: "message cannot be decoded"}
}

// failures returns the first failure of each field.
func failures(err gvalid.Error) map[string]string {
	if err == nil {
		return nil
	}
	fields := make(map[string]string)
	for field, failed := range err.Maps() {
		for _, rule := range failed {
			if text, known := fields[field]; !known || rule.Error() < text {
				fields[field] = rule.Error()
			}
		}
	}
	if len(fields) == 0 {
		fields[whole] = err.Error()
	}
	return fields
}
