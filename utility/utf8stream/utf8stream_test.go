package utf8stream_test

import (
	"testing"
	"unicode/utf8"

	"github.com/gfws/gf-websocket/utility/utf8stream"
)

func TestValidatorFailsAtTheFirstBadByte(t *testing.T) {
	tests := []struct {
		name string
		text string
		bad  int // index of the byte at which Write must fail, -1 for never
		end  bool
	}{
		{"empty", "", -1, true},
		{"ascii", "hello", -1, true},
		{"two bytes", "é", -1, true},
		{"three bytes", "世界", -1, true},
		{"four bytes", "😀", -1, true},
		{"highest rune", "\U0010FFFF", -1, true},
		{"cut inside two bytes", "\xc3", -1, false},
		{"cut inside four bytes", "a\xf0\x9f\x98", -1, false},
		{"lone continuation", "a\x80", 1, false},
		{"never a start", "\xff", 0, false},
		{"overlong slash", "\xc0\xaf", 0, false},
		{"overlong three", "\xe0\x80\xaf", 1, false},
		{"surrogate", "\xed\xa0\x80", 1, false},
		{"above the highest rune", "\xf4\x90\x80\x80", 1, false},
		{"start instead of continuation", "\xe4\xb8A", 2, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var v utf8stream.Validator
			for i := range len(tt.text) {
				if !v.Write([]byte{tt.text[i]}) {
					if i != tt.bad {
						t.Fatalf("failed at byte %d, want %d", i, tt.bad)
					}
					return
				}
			}
			if tt.bad >= 0 {
				t.Fatalf("accepted, want a failure at byte %d", tt.bad)
			}
			if v.Complete() != tt.end {
				t.Errorf("Complete() = %t, want %t", v.Complete(), tt.end)
			}
		})
	}
}

// FuzzValidator holds the pieces against the whole: cutting a text anywhere
// must not change the verdict.
func FuzzValidator(f *testing.F) {
	f.Add([]byte("世界😀"), 1, 4)
	f.Add([]byte("\xf4\x90\x80\x80"), 1, 2)
	f.Add([]byte("a\xe0\xa0"), 2, 3)
	f.Fuzz(func(t *testing.T, text []byte, i, j int) {
		first, second := cut(len(text), i), cut(len(text), j)
		if first > second {
			first, second = second, first
		}
		var v utf8stream.Validator
		ok := v.Write(text[:first]) && v.Write(text[first:second]) && v.Write(text[second:]) && v.Complete()
		if ok != utf8.Valid(text) {
			t.Fatalf("%q cut at %d and %d: got %t, whole: %t", text, first, second, ok, utf8.Valid(text))
		}
	})
}

func cut(length, i int) int {
	if i < 0 {
		i = -(i + 1)
	}
	return i % (length + 1)
}
