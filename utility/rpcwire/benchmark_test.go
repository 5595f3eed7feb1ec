package rpcwire_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

var calls = map[string][]byte{
	"small": []byte(`{"jsonrpc":"2.0","method":"room.say","params":{"room":"lobby","text":"hello, all of you"},"id":42}`),
	"4 KiB": []byte(`{"jsonrpc":"2.0","method":"room.say","params":{"room":"lobby","text":"` + strings.Repeat("hello ", 680) + `"},"id":42}`),
}

func BenchmarkParse(b *testing.B) {
	for name, data := range calls {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			var messages []rpcwire.Message
			for b.Loop() {
				messages, _, _ = rpcwire.Parse(messages[:0], data, 1)
			}
		})
	}
}

// BenchmarkParseStandard is what encoding/json takes for the same.
func BenchmarkParseStandard(b *testing.B) {
	for name, data := range calls {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				var m struct {
					Version string          `json:"jsonrpc"`
					ID      json.RawMessage `json:"id"`
					Method  string          `json:"method"`
					Params  json.RawMessage `json:"params"`
				}
				if err := json.Unmarshal(data, &m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAppendResult(b *testing.B) {
	b.ReportAllocs()
	buffer, id, result := make([]byte, 0, 256), []byte("42"), []byte(`{"seq":1}`)
	for b.Loop() {
		buffer = rpcwire.AppendResult(buffer[:0], id, result)
	}
}
