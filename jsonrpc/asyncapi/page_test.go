package asyncapi

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"golang.org/x/net/html"
)

type sampleReq struct {
	g.Meta `rpc:"a/b"`
	Name   string            `json:"name" v:"required|length:2,5" dc:"<script>alert(1)</script>"`
	Kind   int               `json:"kind" v:"in:1,2" d:"2"`
	Not    string            `json:"not"  v:"not-in:a,b|regex:^x|max-length:9"`
	Mail   string            `json:"mail" v:"email"`
	Raw    []byte            `json:"raw"`
	Any    any               `json:"any"`
	Hidden string            `json:"-"`
	Map    map[string]*level `json:"map"`
	Inline struct {
		Deep uint8 `json:"deep" v:"required|max:9"`
	} `json:"inline" v:"required"`
}

type level struct {
	Below []*level `json:"below" v:"required"`
	Ratio float64  `json:"ratio" v:"between:0.5,1.5|min:0.7"`
}

func sample() *Document {
	return Describe(Description{
		Info: Info{
			Title:    "Sample <b>",
			Servers:  []Server{{Name: "main", Host: "example.com", Path: "/rpc", Protocol: "wss"}},
			Security: []Security{{Key: "token", Type: "httpApiKey", In: "query", Name: "access_token"}},
		},
		Receives: []Operation{
			{Method: "a/b", Params: reflect.TypeFor[sampleReq](), Replies: true, Result: reflect.TypeFor[[]level]()},
			{Method: "a_b", Replies: true},
		},
		Sends: []Operation{{Method: "a/b", Params: reflect.TypeFor[level]()}},
	})
}

func TestDescribe(t *testing.T) {
	d := sample()
	if len(d.Operations) != 3 || d.Operations["a_b"].Title != "a/b" || d.Operations["a_b_2"].Title != "a_b" || d.Operations["a_b_3"].Action != "send" {
		t.Errorf("operations %v", d.Operations)
	}
	for path, want := range map[string]string{
		"asyncapi.sampleReq": `{"type":"object","properties":{"any":{},` +
			`"inline":{"type":"object","properties":{"deep":{"type":"integer","minimum":0,"maximum":9}},"required":["deep"]},` +
			`"kind":{"type":"integer","enum":[1,2],"default":2},` +
			`"mail":{"type":"string","format":"email"},` +
			`"map":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/asyncapi.level"}},` +
			`"name":{"type":"string","description":"<script>alert(1)</script>","minLength":2,"maxLength":5},` +
			`"not":{"type":"string","not":{"enum":["a","b"]},"maxLength":9,"pattern":"^x"},` +
			`"raw":{"type":"string","description":"Base64"}},"required":["name","inline"]}`,
		"asyncapi.level": `{"type":"object","properties":{"below":{"type":"array","items":{"$ref":"#/components/schemas/asyncapi.level"},"minItems":1},` +
			`"ratio":{"type":"number","minimum":0.7,"maximum":1.5}},"required":["below"]}`,
		"asyncapi.level_2": `{"type":"object","properties":{"below":{"type":"array","items":{"oneOf":[{"$ref":"#/components/schemas/asyncapi.level_2"},{"type":"null"}]},"minItems":1},` +
			`"ratio":{"type":"number","minimum":0.7,"maximum":1.5}},"required":["below"]}`,
	} {
		if got := encoded(t, d.Components.Schemas[path]); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", path, got, want)
		}
	}
}

// encoded is v as JSON, with < and > as they are.
func encoded(t *testing.T, v any) string {
	t.Helper()
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(text.String())
}

func TestPage(t *testing.T) {
	document, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	page, err := Page(document)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"<h1>Sample &lt;b&gt;", "wss://example.com/rpc", "access_token", `id="method-a_b_3"`, `href="#type-asyncapi.level"`,
		`id="type-asyncapi.level"`, "one of 1, 2, default 2", "required, at least 2 characters, at most 5 characters",
		"&lt;script&gt;alert(1)&lt;/script&gt;", "list of asyncapi.level", "list of asyncapi.level_2 or null", "<code>inline.deep</code>", "map of asyncapi.level",
	} {
		if !strings.Contains(string(page), part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if t.Failed() {
		t.Logf("%s", page)
	}
	checkHTML(t, string(page))
	_, rest, _ := strings.Cut(string(page), "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	if hash := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(PagePolicy(), hash) {
		t.Errorf("the policy %q does not allow the style, whose hash is %s", PagePolicy(), hash)
	}
}

// checkHTML looks for what the policy forbids, and for links that lead nowhere.
func checkHTML(t *testing.T, page string) {
	t.Helper()
	anchors, links := make(map[string]bool), make(map[string]bool)
	tokens := html.NewTokenizer(strings.NewReader(page))
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Data == "script" && token.Type == html.StartTagToken {
			t.Error("the page has a script")
		}
		for _, a := range token.Attr {
			switch {
			case a.Key == "style", strings.HasPrefix(a.Key, "on"), a.Key == "src":
				t.Errorf("the page has the attribute %s", a.Key)
			case a.Key == "id" && anchors[a.Val]:
				t.Errorf("the id %s stands twice", a.Val)
			case a.Key == "id":
				anchors[a.Val] = true
			case a.Key == "href":
				links[strings.TrimPrefix(a.Val, "#")] = true
			}
		}
	}
	if tokens.Err() != io.EOF {
		t.Error(tokens.Err())
	}
	for link := range links {
		if !anchors[link] {
			t.Errorf("the link %s leads nowhere", link)
		}
	}
}

func TestPageOfNoDocument(t *testing.T) {
	for _, document := range []string{"", "[]", `{"operations":[]}`} {
		if _, err := Page([]byte(document)); err == nil {
			t.Errorf("%q makes a page", document)
		}
	}
}
