package jsonrpc

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/util/gvalid"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

// QuickPage is embedded, as the paging of many requests is.
type QuickPage struct {
	Page int `json:"page" d:"1"  v:"min:1"`
	Size int `json:"size" d:"10" v:"between:1,100"`
}

type quickNames struct {
	g.Meta `rpc:"names"`
	QuickPage
	Name     string `json:"name"      v:"required|length:2,20"`
	NickName string `p:"nick_name"    v:"max-length:5"`
	Email    string `json:"email"     v:"required|email#mail is missing|mail is wrong"`
	Code     string `json:"code,omitempty" v:"regex:^(a|b:c|d)+$"`
	Kind     string `json:"kind" d:"one" v:"in:one,two,three"`
	Other    string `v:"not-in:root,admin"`
	Free     string
}

type quickNumbers struct {
	g.Meta `rpc:"numbers"`
	QuickPage
	ID     int64    `json:"id"    v:"required|min:1"`
	Small  int8     `json:"small" v:"max:100"`
	Count  uint     `json:"count" v:"between:0,10"`
	Ratio  float64  `json:"ratio" v:"min:0.5|max:1.5"`
	Level  int      `json:"level" v:"in:1,2,3"`
	Yes    bool     `json:"yes"   v:"required"`
	Tags   []string `json:"tags"  v:"required"`
	Points []int    `json:"points"`
}

type quickRest struct {
	g.Meta `rpc:"rest"`
	Exact  string         `json:"exact" v:"size:3"`
	Least  string         `json:"least" v:"min-length:2"`
	Digits string         `json:"digits" v:"integer"`
	Extra  map[string]any `json:"extra"`
	Any    any            `json:"any"`
	Link   *string        `json:"link"`
}

// quickEither has a rule that looks at two fields.
type quickEither struct {
	g.Meta `rpc:"either"`
	Exact  string `json:"exact"`
	Either string `json:"either" v:"required-without:exact"`
}

// quickOddities has what the quick way must not take for what it looks like.
type quickOddities struct {
	g.Meta `rpc:"oddities"`
	Alias  string   `v:"other@required|length:2,4"`
	Hidden string   `json:"-" v:"required"`
	Each   []string `json:"each" v:"foreach|length:1,3"`
}

type quickNested struct {
	g.Meta `rpc:"nested"`
	Inner  struct {
		Name string `json:"name" v:"required"`
	} `json:"inner"`
	Title string `json:"title" v:"required|ci|in:a,b"`
}

type quickDefault struct {
	g.Meta `rpc:"default"`
	Limit  int     `json:"limit" d:"200" v:"max:100"`
	Rate   float64 `json:"rate"  d:"1.5" v:"between:1,2"`
	On     bool    `json:"on"    d:"true"`
	Word   string  `json:"a_word" d:"xyz" v:"required"`
}

// quickHidden embeds what gconv does not fill.
type quickHidden struct {
	g.Meta `rpc:"hidden"`
	hiddenPage
	Name string `json:"name"`
}

type hiddenPage struct {
	Size int `json:"size"`
}

type quickClash struct {
	g.Meta   `rpc:"clash"`
	UserName string `json:"user_name" v:"required"`
	Username string `json:"username"  v:"length:1,2"`
}

var quickTypes = []reflect.Type{
	reflect.TypeFor[quickNames](), reflect.TypeFor[quickNumbers](), reflect.TypeFor[quickRest](),
	reflect.TypeFor[quickOddities](), reflect.TypeFor[quickNested](), reflect.TypeFor[quickDefault](),
	reflect.TypeFor[quickClash](), reflect.TypeFor[quickHidden](),
	reflect.TypeFor[quickEither](),
}

// quickRequests are the types as they are bound, made once.
var quickRequests = sync.OnceValue(func() map[reflect.Type]*requestType {
	requests := make(map[reflect.Type]*requestType)
	for _, structType := range quickTypes {
		request, err := newRequestType(structType)
		if err != nil {
			panic(err)
		}
		requests[structType] = request
	}
	return requests
})

// compareQuick makes a request of params both ways: where the quick one accepts,
// the other must accept too and make the same. It returns whether it did.
func compareQuick(t *testing.T, request *requestType, params []byte) bool {
	t.Helper()
	if request.quick == nil {
		return false
	}
	quick, slow := reflect.New(request.structType), reflect.New(request.structType)
	if !request.quick.parse(params, quick.Elem()) {
		return false
	}
	if err := request.fill(context.Background(), params, slow.Interface()); err != nil {
		t.Fatalf("%s of %s: the quick way accepts what is refused: %v", request.structType, params, err)
	}
	if !reflect.DeepEqual(quick.Interface(), slow.Interface()) {
		t.Fatalf("%s of %s:\nquick %+v\nslow  %+v", request.structType, params, quick, slow)
	}
	return true
}

// TestQuickTypes tells which types have a quick way, so that none loses it
// unnoticed.
func TestQuickTypes(t *testing.T) {
	want := map[string]bool{"quickNames": true, "quickNumbers": true, "quickRest": true, "quickEither": true}
	for _, structType := range quickTypes {
		request := quickRequests()[structType]
		if got := request.quick != nil; got != want[structType.Name()] {
			t.Errorf("%s: quick is %v", structType.Name(), got)
		}
	}
}

func TestQuickAccepts(t *testing.T) {
	for _, test := range []struct {
		structType reflect.Type
		params     string
		quick      bool
	}{
		{quickTypes[0], `{"name":"Ann","email":"ann@example.com"}`, true},
		{quickTypes[0], `{"name":"Ann","email":"ann@example.com","code":"ab:cd","nick_name":"an","Other":"x","Free":"\u00e4"}`, true},
		{quickTypes[0], `{"name":"A","email":"ann@example.com"}`, false},
		{quickTypes[0], `{"NAME":"Ann","email":"ann@example.com"}`, false},
		{quickTypes[0], `{"name":"Ann","name":"Bob","email":"ann@example.com"}`, false},
		{quickTypes[0], `{"name":"Ann","email":"ann@example.com","more":1}`, false},
		{quickTypes[0], `{"name":null,"email":"ann@example.com"}`, false},
		{quickTypes[0], ``, false},
		{quickTypes[1], `{"id":9007199254740993,"yes":false,"tags":["a"],"points":[1,2]}`, true},
		{quickTypes[1], `{"id":1,"yes":true,"tags":["a"],"ratio":1,"level":2,"count":10,"small":-128}`, true},
		{quickTypes[1], `{"id":"1","yes":true,"tags":["a"]}`, false},
		{quickTypes[1], `{"id":1,"yes":true,"tags":[]}`, false},
		{quickTypes[1], `{"id":1e2,"yes":true,"tags":["a"]}`, false},
		{quickTypes[1], `{"id":1,"yes":true,"tags":["a"],"small":300}`, false},
		{quickTypes[1], `{"id":1,"yes":true,"tags":["a"],"page":0}`, false},
		{quickTypes[2], `{"exact":"abc","digits":"x"}`, false},
		{quickTypes[2], `{"exact":"abc"}`, true},
		{quickTypes[8], `{"exact":"abc"}`, false},
	} {
		var params []byte
		if test.params != "" {
			params = []byte(test.params)
		}
		if got := compareQuick(t, quickRequests()[test.structType], params); got != test.quick {
			t.Errorf("%s of %s: quick is %v", test.structType, test.params, got)
		}
	}
}

// TestQuickAgrees compares both ways on generated params.
func TestQuickAgrees(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	for range 3000 {
		structType := quickTypes[random.IntN(len(quickTypes))]
		if compareQuick(t, quickRequests()[structType], generate(random, structType)) {
			accepted++
		}
	}
	if accepted < 60 {
		t.Errorf("only %d were accepted: the comparison says little", accepted)
	}
}

// goodValues keep the rules of the fields by those names.
var goodValues = map[string]string{
	"name": `"Ann"`, "nick_name": `"an"`, "email": `"ann@example.com"`, "code": `"ab:c"`, "kind": `"two"`,
	"id": "7", "small": "3", "count": "2", "ratio": "1", "level": "2", "yes": "true", "tags": `["a"]`,
	"page": "2", "size": "5", "exact": `"abc"`, "least": `"abc"`, "title": `"a"`, "inner": `{"name":"x"}`,
	"Limit": "3", "Other": `"x"`, "Free": `"y"`, "points": "[1,2]", "digits": `"12"`, "extra": "{}", "any": "1", "link": `"x"`,
}

// generate makes params that often fit the type.
func generate(random *rand.Rand, structType reflect.Type) []byte {
	request := quickRequests()[structType]
	var members []string
	for _, f := range request.fields {
		if random.IntN(8) == 0 {
			continue
		}
		name, _ := json.Marshal(f.param)
		value := generateValue(random, f.holds)
		if good := goodValues[f.param]; good != "" && random.IntN(8) > 0 {
			value = good
		}
		members = append(members, fmt.Sprintf("%s:%s", name, value))
	}
	if random.IntN(20) == 0 {
		members = append(members, `"unknown":1`)
	}
	return []byte("{" + strings.Join(members, ",") + "}")
}

func generateValue(random *rand.Rand, kind reflect.Kind) string {
	texts := []string{`"Ann"`, `"ann@example.com"`, `"a"`, `"one"`, `"root"`, `"abc"`, `""`, `"\u00e4\ud800"`, `"12"`, `"{}"`, `"[]"`, `"b:c"`, `" x "`}
	numbers := []string{"0", "1", "2", "3", "7", "100", "-1", "1.0", "0.75", "1e1", "-0", "300", "9007199254740993", "18446744073709551616"}
	lists := []string{`["a"]`, `["a","b"]`, `[1,2]`, `[]`, `[1.5]`, `[null]`, `["abcd"]`}
	odd := []string{"null", "true", "false", `{}`, `{"name":"x"}`, `{"name":""}`}
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	switch chance := random.IntN(12); {
	case chance == 0:
		return pick(odd)
	case chance == 1:
		return pick(append(append(texts, numbers...), lists...))
	case kind == reflect.String:
		return pick(texts)
	case kind == reflect.Bool:
		return pick(odd[1:3])
	case kind == reflect.Slice:
		return pick(lists)
	case kind == reflect.Struct, kind == reflect.Map, kind == reflect.Interface:
		return pick(odd)
	default:
		return pick(numbers)
	}
}

// FuzzQuickAgrees compares both ways on whatever is an object.
func FuzzQuickAgrees(f *testing.F) {
	random := rand.New(rand.NewPCG(3, 4))
	for i, structType := range quickTypes {
		for range 5 {
			f.Add(uint8(i), generate(random, structType))
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, params []byte) {
		if len(params) == 0 || params[0] != '{' || !isJSON(params) {
			return
		}
		compareQuick(t, quickRequests()[quickTypes[int(which)%len(quickTypes)]], params)
	})
}

func isJSON(data []byte) bool {
	_, _, problem := rpcwire.Parse(nil, data, 1)
	return problem == nil
}

// TestQuickLeavesReplacedRules to gvalid, which asks the application's own.
func TestQuickLeavesReplacedRules(t *testing.T) {
	if rules, ok := newQuickRules("length:2,5"); !ok || rules.doubtful {
		t.Fatal("length is in doubt")
	}
	gvalid.RegisterRule("length", func(context.Context, gvalid.RuleFuncInput) error { return nil })
	defer gvalid.DeleteRule("length")
	if rules, ok := newQuickRules("length:2,5"); ok && !rules.doubtful {
		t.Error("length is taken for gvalid's own")
	}
}
