package asyncapi

import "testing"

func TestRules(t *testing.T) {
	for _, test := range []struct{ typ, rules, want string }{
		{"string", "required", `{"type":"string","minLength":1}`},
		{"string", "min-length:-1", `{"type":"string"}`},
		{"string", "length:-1,3", `{"type":"string","maxLength":3}`},
		{"string", "size:x|max-length:-2", `{"type":"string"}`},
		{"string", "min:1|between:1,2", `{"type":"string"}`},
		{"string", "in:a,b", `{"type":"string","enum":["a","b",""]}`},
		{"string", "required|in:a,b", `{"type":"string","enum":["a","b"],"minLength":1}`},
		{"string", "ci|in:Yes,No", `{"type":"string"}`},
		{"string", "ci|not-in:Yes,No", `{"type":"string"}`},
		{"string", "not-in:a", `{"type":"string","not":{"enum":["a"]}}`},
		{"integer", "length:1,3", `{"type":"integer"}`},
		{"integer", "size:3|regex:^1|email", `{"type":"integer"}`},
		{"integer", "in:1,2", `{"type":"integer","enum":[1,2]}`},
		{"number", "between:1,nan", `{"type":"number","minimum":1}`},
		{"number", "max:inf", `{"type":"number"}`},
		{"boolean", "required|min:1", `{"type":"boolean"}`},
		{"object", "required|in:a|length:1,2", `{"type":"object"}`},
		{"", "in:a|length:1,2", `{}`},
		{"array", "required|length:1,3|in:a", `{"type":"array","items":{"type":"string"},"minItems":1}`},
		{"array", "foreach|in:a,b", `{"type":"array","items":{"type":"string","enum":["a","b"]}}`},
		{"array", "required|foreach|length:1,3", `{"type":"array","items":{"type":"string","minLength":1,"maxLength":3},"minItems":1}`},
		{"array", "foreach|required", `{"type":"array","items":{"type":"string","minLength":1}}`},
		{"array", "foreach|in:a,b|length:1,3", `{"type":"array","items":{"type":"string","enum":["a","b"]}}`},
		{"array", "foreach|bail|ci|in:a,b", `{"type":"array","items":{"type":"string"}}`},
		{"array", "foreach|ci|length:1,2", `{"type":"array","items":{"type":"string","minLength":1,"maxLength":2}}`},
	} {
		s := &schema{Type: test.typ}
		if test.typ == "array" {
			s.Items = &schema{Type: "string"}
		}
		applyRules(s, test.rules)
		if got := encoded(t, s); got != test.want {
			t.Errorf("%s with %s is %s, want %s", test.typ, test.rules, got, test.want)
		}
	}
}
