package jsonrpc

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

// maker makes types with rules, and params for them.
type maker struct{ random *rand.Rand }

func (m maker) pick(from []string) string { return from[m.random.IntN(len(from))] }

// structType makes a type of two fields, so that rules can name the other one.
func (m maker) structType() reflect.Type {
	types := []reflect.Type{
		reflect.TypeFor[string](), reflect.TypeFor[string](), reflect.TypeFor[int](), reflect.TypeFor[float64](),
		reflect.TypeFor[bool](), reflect.TypeFor[[]string](), reflect.TypeFor[[]int](), reflect.TypeFor[[]float64](),
		reflect.TypeFor[int8](), reflect.TypeFor[uint8](), reflect.TypeFor[uint64](), reflect.TypeFor[float32](),
		reflect.TypeFor[*string](), reflect.TypeFor[map[string]any](), reflect.TypeFor[any](), reflect.TypeFor[[]byte](),
		reflect.TypeFor[time.Duration](), reflect.TypeFor[[]struct {
			N string `json:"n" v:"required"`
		}](),
	}
	var fields []reflect.StructField
	for _, name := range []string{"A", "B"} {
		fields = append(fields, reflect.StructField{
			Name: name, Type: types[m.random.IntN(len(types))], Tag: reflect.StructTag(m.tag(strings.ToLower(name))),
		})
	}
	return reflect.StructOf(fields)
}

func (m maker) tag(name string) string {
	tag := m.pick([]string{"", `p:"` + name + `_x" `, `json:"` + name + `,omitempty" `, `json:"x` + name + `" `, `json:"` + name + `" `})
	var rules []string
	for range m.random.IntN(4) {
		rules = append(rules, m.rule())
	}
	if len(rules) > 0 {
		alias := m.pick([]string{"", "", "", "", "", "", "", "name@", "@"})
		messages := m.pick([]string{"", "", "", "#m", "#m1|m2", "#", "#{field}|", "#a:b|c"})
		tag += "v:" + strconv.Quote(alias+strings.Join(rules, "|")+messages) + " "
	}
	if fallback := m.pick([]string{"", "", "", "", "", "", "", "", "", "", "", "", "a", "abc", "1", "3", "100", "true", "-1", "[]", "null", " 3", "3.5", "1e1"}); fallback != "" {
		tag += `d:"` + fallback + `"`
	}
	return tag
}

// rule makes a rule: one that the quick way knows, written well or badly, or
// another one.
func (m maker) rule() string {
	return m.pick([]string{
		"required", " required", "Required", "length:2,4", "length: 2 , 4", "length:2", "length:4,2", "length:-1,3", "length:,", "length :2,3",
		"min-length:2", "min-length:-2", "max-length:3", "max-length:+3", "max-length:1_0", "size:3", "size: 3", "size:",
		"min:2", "min:2.5", "min:0x2", "min:inf", "min:nan", "min:", "min:1_0", "min:9007199254740993", "max:5", "max:-1", "max:1e2", "max:9223372036854775807",
		"between:1,5", "between: 1 , 5 ", "between:1", "between:5,1", "between:1,2,3",
		"in:a,b,1,2", "in: a , b", "in:", "in:,", "in:true,false", "in:1.0,2", "not-in:a,1", "not-in:",
		"email", "email:", "regex:^a", "regex:a|b", "regex:[", "regex:", `regex:^\d+$`, "regex:(?i)A", "not-regex:a",
		"required-if:B,a", "required-unless:B,a", "required-with:B", "required-without:B", "required-with-all:B,A",
		"ci", "bail", "foreach", "same:B", "different:B", "gt:B", "before:B", "integer", "float", "boolean", "json", "date", "array", "unknown:1",
	})
}

func (m maker) params(request *requestType) []byte {
	values := []string{
		`"a"`, `"ab"`, `"abc"`, `"\u00e4\u00f6\u00fc"`, `"\ud83d\ude00"`, `"e\u0301"`, `"\ud800"`, `"\u0000"`, `""`, `" "`, `" a"`, `"a\n"`,
		`"1"`, `"3.0"`, `"0x3"`, `"1e1"`, `"nan"`, `"+3"`, `"true"`, `"x@y.zz"`, `"x@y.zz\n"`, `"{}"`, `"[1]"`, `"a,b"`,
		"0", "1", "2", "3", "5", "-1", "-0", "1.0", "2.5", "1e1", "100", "127", "128", "256", "9007199254740993", "18446744073709551615", "1e400",
		"true", "false", "null", "[]", `["a"]`, `["a","b"]`, `[""]`, "[1]", "[1,2,3]", "[1.5]", "[null]", "{}", `{"n":"x"}`, `[{"n":""}]`, `[{"n":"x"}]`,
	}
	var members []string
	for _, f := range request.fields {
		if m.random.IntN(5) == 0 {
			continue
		}
		name, _ := json.Marshal(f.param)
		members = append(members, fmt.Sprintf("%s:%s", name, m.pick(values)))
	}
	return []byte("{" + strings.Join(members, ",") + "}")
}

// TestQuickAgreesOnMadeTypes compares both ways on types of any rules, whether
// they make sense or not.
func TestQuickAgreesOnMadeTypes(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(5, 6))}
	quick, accepted := 0, 0
	for range 8000 {
		request, err := newRequestType(m.structType())
		if err != nil {
			t.Fatal(err)
		}
		if request.quick == nil {
			continue
		}
		quick++
		for range 25 {
			if compareQuick(t, request, m.params(request)) {
				accepted++
			}
		}
	}
	if quick < 1000 || accepted < 1500 {
		t.Errorf("%d types have a quick way, and %d requests took it: the comparison says little", quick, accepted)
	}
}
