package guard

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

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
	fields, err := policy.Validate(ctx, m)
	if err != nil {
		return gerror.WrapCode(gcode.CodeInternalError, err, "the rules for messages cannot be held")
	}
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
	return validateStruct(typ)
}

func validateText(rule string) (model.Validation, error) {
	if rule == "" {
		return nil, gerror.NewCode(gcode.CodeInvalidConfiguration, "the rule for messages is empty")
	}
	if err := checkRuleNames(rule); err != nil {
		return nil, err
	}
	return func(ctx context.Context, m ws.Message) (map[string]string, error) {
		return failures(gvalid.New().Data(string(m.Data)).Rules(rule).Run(ctx))
	}, nil
}

func validateFields(rules map[string]string) (model.Validation, error) {
	if len(rules) == 0 {
		return nil, gerror.NewCode(gcode.CodeInvalidConfiguration, "there is no rule for any field of messages")
	}
	for name, rule := range rules {
		if err := checkRuleNames(rule); err != nil {
			return nil, gerror.Wrapf(err, "field %q", name)
		}
	}
	return func(ctx context.Context, m ws.Message) (map[string]string, error) {
		fields, wrong := decodeObject(m.Data)
		if wrong == nil {
			wrong = misspelled(fields, rules)
		}
		if wrong != nil {
			return wrong, nil
		}
		return failures(gvalid.New().Data(fields).Rules(rules).Run(ctx))
	}, nil
}

// misspelled finds a field that has rules in another case than they have: for
// who decodes the message into a struct it is the same field.
func misspelled(fields map[string]any, rules map[string]string) map[string]string {
	for name := range rules {
		for field := range fields {
			if field != name && strings.EqualFold(field, name) {
				return map[string]string{field: fmt.Sprintf("is to be written as %q", name)}
			}
		}
	}
	return nil
}

// validateStruct holds the rules against what of a message gets into the struct.
// It is given to gvalid as a map, in which a field that is missing differs from
// one of zero.
func validateStruct(typ reflect.Type) (model.Validation, error) {
	shape := newShape(typ)
	if err := shape.checkRules(); err != nil {
		return nil, err
	}
	return func(ctx context.Context, m ws.Message) (map[string]string, error) {
		fields, wrong := decodeObject(m.Data)
		if wrong != nil {
			return wrong, nil
		}
		value := reflect.New(typ).Interface()
		if err := json.Unmarshal(m.Data, value); err != nil {
			return wrongType(err), nil
		}
		return failures(gvalid.New().Data(value).Assoc(shape.filled(typ, fields)).Run(ctx))
	}, nil
}

// wrongType tells which field is of another type than its rules are for.
func wrongType(err error) map[string]string {
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return map[string]string{mismatch.Field: "expected " + mismatch.Type.String() + ", not " + mismatch.Value}
	}
	return map[string]string{whole: "message cannot be decoded"}
}

// failures returns the first failure of each field. What gvalid itself could not
// do is an error of ours and none of the client's.
func failures(err gvalid.Error) (map[string]string, error) {
	if err == nil {
		return nil, nil
	}
	fields := make(map[string]string)
	for field, failed := range err.Maps() {
		for rule, failure := range failed {
			if slices.Contains(internalFailures, rule) {
				return nil, failure
			}
			if text, known := fields[field]; !known || failure.Error() < text {
				fields[field] = failure.Error()
			}
		}
	}
	if len(fields) == 0 {
		fields[whole] = err.Error()
	}
	return fields, nil
}
