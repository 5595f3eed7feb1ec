package ruletag

import (
	"context"
	"reflect"
	"testing"

	"github.com/gogf/gf/v2/util/gvalid"
)

func TestParse(t *testing.T) {
	gvalid.RegisterRule("TestParseOwn", func(context.Context, gvalid.RuleFuncInput) error { return nil })
	for tag, want := range map[string]Tag{
		"required":                   {Rules: []Rule{{"required", ""}}},
		"required|length:2, 5#a|b":   {Rules: []Rule{{"required", ""}, {"length", "2, 5"}}},
		"name@in:a,b":                {Alias: "name", Rules: []Rule{{"in", "a,b"}}},
		"regex:^(a|b:c|d)$|max:1":    {Rules: []Rule{{"regex", "^(a|b:c|d)$"}, {"max", "1"}}},
		"regex:a|TestParseOwn|email": {Rules: []Rule{{"regex", "a"}, {"TestParseOwn", ""}, {"email", ""}}},
	} {
		if got := Parse(tag); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", tag, got, want)
		}
	}
}
