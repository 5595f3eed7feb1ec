package asyncapi

import (
	"encoding/json"
	"reflect"
	"testing"
)

// Types that hold themselves, with and without a struct between.
type (
	branches map[string]branches
	layers   []layers
	ring     [2]map[string]*ring
	crossing map[string][]struct {
		Next crossing `json:"next"`
	}
	chain map[string]*chainLink
)

type chainLink struct {
	Chain chain `json:"chain"`
}

func TestSelfHoldingTypes(t *testing.T) {
	for _, test := range []struct {
		of   reflect.Type
		want string // where it refers to itself
	}{
		{reflect.TypeFor[branches](), `{"type":"object","additionalProperties":{"$ref":"#/components/schemas/asyncapi.branches"}}`},
		{reflect.TypeFor[layers](), `{"type":"array","items":{"$ref":"#/components/schemas/asyncapi.layers"}}`},
		{reflect.TypeFor[ring](), `{"type":"array","items":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/asyncapi.ring"}}}`},
		{reflect.TypeFor[crossing](), `{"type":"object","additionalProperties":{"type":"array","items":` +
			`{"type":"object","properties":{"next":{"$ref":"#/components/schemas/asyncapi.crossing"}}}}}`},
		{reflect.TypeFor[chain](), `{"type":"object","additionalProperties":{"$ref":"#/components/schemas/asyncapi.chainLink"}}`},
	} {
		for _, outer := range []reflect.Type{test.of, reflect.SliceOf(test.of), reflect.PointerTo(test.of)} {
			s := schemas{named: make(map[string]*schema), keys: newKeys()}
			first, second := encoded(t, s.of(outer)), encoded(t, s.of(outer))
			if first != second {
				t.Errorf("%s: first %s, then %s", outer, first, second)
			}
			if got := encoded(t, s.named["asyncapi."+test.of.Name()]); got != test.want {
				t.Errorf("%s is %s, want %s", outer, got, test.want)
			}
		}
	}
}

type sentOddities struct {
	Next   *sentOddities  `json:"next"`
	List   []int          `json:"list"   dc:"of numbers" v:"foreach|min:1"`
	Lists  [][]int        `json:"lists,omitempty"`
	Map    map[string]int `json:"map"`
	Kept   []int          `json:"kept"   v:"required"`
	Raw    json.RawMessage
	Any    any     `json:"any"`
	Text   *string `json:"text,omitempty"`
	Number int     `json:"number,string" v:"min:1"`
	Plain  string  `json:"plain,string"`
	Nick   string  `p:"nick"`
	Bytes  []byte  `json:"bytes"`
}

// TestSentTypes describes what encoding/json writes of a zero value as well.
func TestSentTypes(t *testing.T) {
	s := schemas{direction: sent, named: make(map[string]*schema), keys: newKeys()}
	if got, want := encoded(t, s.of(reflect.TypeFor[*sentOddities]())), `{"oneOf":[{"$ref":"#/components/schemas/asyncapi.sentOddities"},{"type":"null"}]}`; got != want {
		t.Errorf("the pointer is %s", got)
	}
	properties := s.named["asyncapi.sentOddities"].Properties
	for name, want := range map[string]string{
		"next":   `{"oneOf":[{"$ref":"#/components/schemas/asyncapi.sentOddities"},{"type":"null"}]}`,
		"list":   `{"description":"of numbers","oneOf":[{"type":"array","items":{"type":"integer","minimum":1}},{"type":"null"}]}`,
		"lists":  `{"type":"array","items":{"oneOf":[{"type":"array","items":{"type":"integer"}},{"type":"null"}]}}`,
		"map":    `{"oneOf":[{"type":"object","additionalProperties":{"type":"integer"}},{"type":"null"}]}`,
		"kept":   `{"type":"array","items":{"type":"integer"},"minItems":1}`,
		"Raw":    `{}`,
		"any":    `{}`,
		"text":   `{"type":"string"}`,
		"number": `{"type":"string"}`,
		"plain":  `{"type":"string"}`,
		"Nick":   `{"type":"string"}`,
		"bytes":  `{"description":"Base64","oneOf":[{"type":"string"},{"type":"null"}]}`,
	} {
		if got := encoded(t, properties[name]); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	var written map[string]any
	if err := json.Unmarshal([]byte(encoded(t, sentOddities{})), &written); err != nil {
		t.Fatal(err)
	}
	for name, value := range written {
		if _, takesNull := properties[name].notNull(); value == nil && !takesNull && !properties[name].takesAnything() && name != "kept" {
			t.Errorf("%s is written as null", name)
		}
	}
}

// TestReceivedTypes describes what GoFrame reads.
func TestReceivedTypes(t *testing.T) {
	s := schemas{named: make(map[string]*schema), keys: newKeys()}
	properties := s.fields(reflect.TypeFor[sentOddities]()).Properties
	for name, want := range map[string]string{
		"list":   `{"type":"array","description":"of numbers","items":{"type":"integer","minimum":1}}`,
		"number": `{"type":"integer","minimum":1}`,
		"nick":   `{"type":"string"}`,
	} {
		if got := encoded(t, properties[name]); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
