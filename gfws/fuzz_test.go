package gfws

import (
	"math"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/encoding/gyaml"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "1": 1, "64KiB": 64 << 10, "64kb": 64 << 10, "64K": 64 << 10, " 64 KiB ": 64 << 10, "1m": 1 << 20,
		"2MiB": 2 << 20, "1g": 1 << 30, "7b": 7, "9223372036854775807": math.MaxInt64, "8589934591g": 8589934591 << 30,
	} {
		if got, ok := parseSize(text); !ok || got != want {
			t.Errorf("%q is %d, %v, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", "k", "kib", "-1", "-1k", "-9223372036854775807k", "-9223372036854775808g", "9223372036854775808", "8589934592g",
		"9007199254740992k", "1.5m", "1e3", "0x10", "1_000", "1 k b", "64 KiBs", "1t", "one", "1k1", "٣k", "\x00",
	} {
		if got, ok := parseSize(text); ok {
			t.Errorf("%q was taken for %d", text, got)
		}
	}
}

func FuzzParseSize(f *testing.F) {
	for _, seed := range []string{"64KiB", "1m", "-1k", "9223372036854775807g", "", " 7 b ", "\u0660k"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		size, ok := parseSize(text)
		if ok && size < 0 {
			t.Fatalf("%q is %d", text, size)
		}
		if again, same := parseSize(strings.ToUpper(text)); isASCII(text) && (again != size || same != ok) {
			t.Fatalf("%q is %d, %v, and %d, %v in upper case", text, size, ok, again, same)
		}
	})
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > 127 }) < 0
}

// FuzzNode reads any document as the node: nothing panics, what is refused
// names a key, and what is taken can be installed.
func FuzzNode(f *testing.F) {
	for _, seed := range []string{
		"paths: [/a]\nmessage: {maxSize: 1k}", "heartbeat: {interval: off}", "queue: {maxSize: unlimited, full: drop-oldest}",
		"instances: {chat: {paths: [/x], console: {path: /y}}}", "instances: {chat: {instances: 1}}", "message:", "? [a]\n: b",
		"origin: {allow: [any, null]}", "compression: {level: 3, threshold: 1}", "drain: {timeout: 1ns}", "1: 2", "- a",
	} {
		f.Add(seed, "chat")
		f.Add(seed, DefaultName)
	}
	f.Fuzz(func(t *testing.T, document, name string) {
		values, err := gyaml.Decode([]byte(document))
		if err != nil {
			return
		}
		config := DefaultConfig()
		err = applyNode(&config, values, name)
		if err == nil {
			config.fill()
			err = config.validate()
		}
		if err != nil {
			if !strings.HasPrefix(err.Error(), nodeName+".") || gerror.Code(err) != gcode.CodeInvalidConfiguration {
				t.Fatalf("error without a key: %v", err)
			}
			return
		}
		if _, err = New().newEndpoint(config); err != nil && !strings.Contains(err.Error(), nodeName+".origin.allow") {
			t.Fatalf("%+v was found good, but: %v", config, err)
		}
	})
}
