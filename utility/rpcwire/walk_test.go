package rpcwire_test

import (
	"slices"
	"testing"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

func TestMembers(t *testing.T) {
	for object, want := range map[string][]string{
		` {} `: nil,
		`{ "a" : [1, {"b":2}] , "\u0061":"x","a":null}`: {`"a"=[1, {"b":2}]`, `"\u0061"="x"`, `"a"=null`},
		`{"a":1,"b"}`:   {`"a"=1`},
		`{"a":1,"b":2`:  {`"a"=1`, `"b"=2`},
		`{"a":nothing}`: nil,
		`[1]`:           nil,
		``:              nil,
	} {
		var got []string
		for name, value := range rpcwire.Members([]byte(object)) {
			got = append(got, string(name)+"="+string(value))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", object, got, want)
		}
	}
}

func TestElements(t *testing.T) {
	for array, want := range map[string][]string{
		`[ ]`:                          nil,
		` [ 1 , "a" , [2], {}, null ]`: {`1`, `"a"`, `[2]`, `{}`, `null`},
		`[1,2`:                         {`1`, `2`},
		`[1,]`:                         {`1`},
		`{"a":1}`:                      nil,
		``:                             nil,
	} {
		var got []string
		for value := range rpcwire.Elements([]byte(array)) {
			got = append(got, string(value))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", array, got, want)
		}
	}
}

func TestWalkEndsWhereItIsLeft(t *testing.T) {
	var seen []string
	for name := range rpcwire.Members([]byte(`{"a":1,"b":2,"c":3}`)) {
		seen = append(seen, string(name))
		if len(seen) == 2 {
			break
		}
	}
	for value := range rpcwire.Elements([]byte(`[1,2]`)) {
		seen = append(seen, string(value))
		break
	}
	if want := []string{`"a"`, `"b"`, `1`}; !slices.Equal(seen, want) {
		t.Errorf("saw %q", seen)
	}
}

func TestUnquote(t *testing.T) {
	for raw, want := range map[string]string{
		`""`: "", `"你 <&>"`: "你 <&>", `"\u4f60\n\"\\\/"`: "你\n\"\\/", `"\ud83d\ude00"`: "😀", `"\ud800"`: "\ufffd",
	} {
		if got := rpcwire.Unquote([]byte(raw)); string(got) != want {
			t.Errorf("%s: got %q", raw, got)
		}
	}
}
