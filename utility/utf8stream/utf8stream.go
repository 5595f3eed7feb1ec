// Package utf8stream checks UTF-8 that arrives in pieces.
package utf8stream

import "unicode/utf8"

// Validator checks a text piece by piece and fails at its first bad byte, even
// where a piece ends inside a rune. The zero value is ready for a new text.
// It is not safe for concurrent use.
type Validator struct {
	tail [utf8.UTFMax]byte // the bytes of a rune that is not whole yet
	n    int
}

// Write checks the next piece. It returns false as soon as the text so far
// cannot be the beginning of valid UTF-8; the Validator is then spent.
func (v *Validator) Write(p []byte) bool {
	for v.n > 0 {
		if len(p) == 0 {
			return true
		}
		v.tail[v.n] = p[0]
		v.n++
		p = p[1:]
		if !utf8.FullRune(v.tail[:v.n]) {
			continue
		}
		if _, size := utf8.DecodeRune(v.tail[:v.n]); size != v.n {
			return false
		}
		v.n = 0
	}
	if utf8.Valid(p) {
		return true
	}
	return v.keepTail(p)
}

// keepTail accepts p when all that is wrong with it is a last rune cut short.
func (v *Validator) keepTail(p []byte) bool {
	for i := len(p) - 1; i >= 0 && i >= len(p)-utf8.UTFMax; i-- {
		if !utf8.RuneStart(p[i]) {
			continue
		}
		if utf8.FullRune(p[i:]) || !utf8.Valid(p[:i]) {
			return false
		}
		v.n = copy(v.tail[:], p[i:])
		return true
	}
	return false
}

// Complete reports whether the text may end here, that is not inside a rune.
func (v *Validator) Complete() bool {
	return v.n == 0
}
