package guard

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/util/gvalid"

	"github.com/gfws/gf-websocket/ws"
)

type rulesPlace struct {
	Room string `json:"room" v:"required|in:a,b"`
}

type RulesBase struct {
	Kind string `json:"kind" v:"in:x,y"`
}

type rulesMessage struct {
	RulesBase
	Room  string                `json:"room" v:"in:a,b"`
	Order int64                 `json:"order_id" v:"in:9007199254740993"`
	Place *rulesPlace           `json:"place"`
	List  []rulesPlace          `json:"list"`
	ByKey map[string]rulesPlace `json:"byKey"`
	Free  any                   `json:"free"`
	Next  *rulesMessage         `json:"next"`
	Plain string                `v:"in:a,b"`
	Time  time.Time             `json:"time"`
}

// TestStructRules holds that the rules judge what a handler gets when it decodes
// the message, whatever else the message says.
func TestStructRules(t *testing.T) {
	validate, err := (&sGuard{}).ParseRules(rulesMessage{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		message string
		wrong   string // the field; "ok" for none
	}{
		{`{}`, "ok"},
		{`{"room":"a","Plain":"b","place":{"room":"b"},"list":[{"room":"a"}],"byKey":{"k":{"room":"a"}}}`, "ok"},
		{`{"room":"evil"}`, "room"},
		{`{"ROOM":"a"}`, "ok"},
		{`{"ROOM":"evil"}`, "room"},
		{`{"room":"a","ROOM":"evil"}`, "ROOM"},
		{`{"ROOM":"evil","room":"a"}`, "room"},
		{`{"room":"evil","room":null}`, "room"},
		{`{"room":"a","room":"a"}`, "room"},
		{`{"room":"a","\u0072oom":"evil"}`, "room"},
		{`{"order_id":9007199254740993}`, "ok"},
		{`{"order_id":9007199254740992}`, "order_id"},
		{`{"Kind":"z"}`, "kind"},
		{`{"kind":"x","\u212AIND":"z"}`, "\u212AIND"},
		{`{"\u212Aind":"z"}`, "kind"},
		{`{"Plain":"evil"}`, "Plain"},
		{`{"plain":"evil"}`, "Plain"},
		{`{"place":{}}`, "room"},
		{`{"place":null}`, "ok"},
		{`{"place":{"room":"evil"}}`, "room"},
		{`{"place":{"r_oom":"a"}}`, "room"},
		{`{"place":{"ro-om":"a"}}`, "room"},
		{`{"place":{"ro om":"a"}}`, "room"},
		{`{"place":{"Room":"a","rOOM":"evil"}}`, "rOOM"},
		{`{"place":{"room":"a"},"Place":{"room":"evil"}}`, "Place"},
		{`{"place":{"room":"a"},"place":{}}`, "place"},
		{`{"list":[{"room":"a"},{"room":"evil"}]}`, "room"},
		{`{"list":[{"room":"a"},{"room":"a","ROOM":"evil"}]}`, "ROOM"},
		{`{"list":[{"room":"a"},{"r.oom":"a"}]}`, "room"},
		{`{"byKey":{"k":{"room":"evil"}}}`, "room"},
		{`{"byKey":{"k":{"room":"a","rooM":"evil"}}}`, "rooM"},
		{`{"next":{"next":{"room":"evil"}}}`, "room"},
		{`{"next":{"next":{"room":"a","ROOM":"evil"}}}`, "ROOM"},
		{`{"free":{"room":"evil"},"more":[1,{"room":2}]}`, "ok"},
		{`{"free":{"a":1,"A":2}}`, "A"},
		{`{"time":"2026-01-02T03:04:05Z"}`, "ok"},
		{`{"room":1}`, "room"},
		{`{"room":"a"} {}`, ""},
		{`[{"room":"a"}]`, ""},
		{strings.Repeat(`{"next":`, 20000) + "{}" + strings.Repeat("}", 20000), ""},
	} {
		t.Run(shortened(c.message), func(t *testing.T) { holdRules(t, validate, c.message, c.wrong) })
	}
}

// TestFieldRules is the same for a map of rules.
func TestFieldRules(t *testing.T) {
	validate, err := (&sGuard{}).ParseRules(map[string]string{"room": "in:a,b", "id": "in:9007199254740993"})
	if err != nil {
		t.Fatal(err)
	}
	for message, wrong := range map[string]string{
		`{}`:                          "ok",
		`{"room":"a","more":{"A":1}}`: "ok",
		`{"room":"evil"}`:             "room",
		`{"ROOM":"evil"}`:             "ROOM",
		`{"ROOM":"a"}`:                "ROOM",
		`{"room":"a","ROOM":"evil"}`:  "ROOM",
		`{"room":"a","room":"evil"}`:  "room",
		`{"id":9007199254740993}`:     "ok",
		`{"id":9007199254740992}`:     "id",
		`null`:                        "",
	} {
		t.Run(message, func(t *testing.T) { holdRules(t, validate, message, wrong) })
	}
}

func holdRules(t *testing.T, validate func(context.Context, ws.Message) (map[string]string, error), message, wrong string) {
	t.Helper()
	fields, err := validate(context.Background(), ws.TextMessage(message))
	if err != nil {
		t.Fatal(err)
	}
	if wrong == "ok" {
		if fields != nil {
			t.Errorf("refused: %v", fields)
		}
		return
	}
	if _, found := fields[wrong]; len(fields) != 1 || !found {
		t.Errorf("got %v, want the field %q", fields, wrong)
	}
}

func shortened(text string) string { return text[:min(len(text), 60)] }

// TestRulesThatAreNone holds that a rule which does not exist is found before the
// first message, wherever it stands.
func TestRulesThatAreNone(t *testing.T) {
	type inside struct {
		Deep string `v:"requird"`
	}
	type Inside inside
	type looped struct {
		Next *looped `json:"next"`
		Name string  `v:"lenght:1,2"`
	}
	for name, schema := range map[string]any{
		"text":         "lenght:1,5",
		"text, second": "required|lenght:1,5",
		"text, spaces": "required | length:1,5",
		"text, empty":  "required||length:1,5",
		"map":          map[string]string{"room": "requird"},
		"struct": struct {
			A string `v:"nope"`
		}{},
		"struct, long tag": struct {
			A string `valid:"a@nope#bad"`
		}{},
		"list":     struct{ List []inside }{},
		"map of":   struct{ Map map[string]*inside }{},
		"embedded": struct{ Inside }{},
		"looped":   looped{},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := (&sGuard{}).ParseRules(schema); gerror.Code(err) != gcode.CodeInvalidConfiguration || !strings.Contains(err.Error(), "gvalid has no rule") {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestRulesUnseen holds that rules which gvalid would never hold are refused.
func TestRulesUnseen(t *testing.T) {
	type inside struct {
		Room string `v:"required"`
	}
	if _, err := (&sGuard{}).ParseRules(struct{ inside }{}); err == nil || !strings.Contains(err.Error(), "Room") {
		t.Errorf("got %v", err)
	}
}

// TestRulesThatAre holds that what gvalid takes is taken.
func TestRulesThatAre(t *testing.T) {
	type left struct{ A, B []map[string]any }
	for _, schema := range []any{
		" required|length:1,5 ", "bail|ci|in:a,b", "foreach|in:a,b", `regex:^(a|b:c|d)$`, `not-regex:a|b|c`, "enums", "date-format:Y-m-d H:i",
		"required-if:a,b", "between:1", "size:x", "same:a", struct{}{}, left{},
	} {
		if _, err := (&sGuard{}).ParseRules(schema); err != nil {
			t.Errorf("%v: %v", schema, err)
		}
	}
}

// TestRuleOfTheApplication holds that the application's own rules are not tried,
// and that one which is gone later is the server's fault.
func TestRuleOfTheApplication(t *testing.T) {
	const rule = "guard-test-own"
	calls := 0
	gvalid.RegisterRule(rule, func(context.Context, gvalid.RuleFuncInput) error {
		calls++
		return nil
	})
	defer gvalid.DeleteRule(rule)
	for _, schema := range []any{rule, map[string]string{"a": rule}, struct {
		A string `json:"a" v:"guard-test-own"`
	}{}} {
		gvalid.RegisterRule(rule, func(context.Context, gvalid.RuleFuncInput) error {
			calls++
			return nil
		})
		validate, err := (&sGuard{}).ParseRules(schema)
		if err != nil {
			t.Fatal(err)
		}
		if calls != 0 {
			t.Fatal("the rule was tried")
		}
		if fields, err := validate(context.Background(), ws.TextMessage(`{"a":"x"}`)); fields != nil || err != nil || calls != 1 {
			t.Errorf("%v: got %v, %v after %d calls", schema, fields, err, calls)
		}
		calls = 0
		gvalid.DeleteRule(rule)
		if fields, err := validate(context.Background(), ws.TextMessage(`{"a":"x"}`)); fields != nil || err == nil {
			t.Errorf("%v: without the rule got %v, %v", schema, fields, err)
		}
	}
}

// FuzzDecodeObject holds it against encoding/json: an object without a name that
// comes twice decodes alike, into a map and into a struct.
func FuzzDecodeObject(f *testing.F) {
	for _, data := range []string{`{}`, `{"room":"a","ROOM":"b"}`, `{"a":[1e3,{"b":null}]}`, ` {"\ud800":1}`, `[]`, `{"room":1`} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fields, wrong := decodeObject(data)
		if wrong != nil {
			return
		}
		again, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		var from, to rulesPlace
		if json.Unmarshal(data, &from) == nil && json.Unmarshal(again, &to) == nil && from != to {
			t.Errorf("%s decodes as %+v, and as %+v", data, from, to)
		}
	})
}
