package conformance_test

import (
	"fmt"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// goodTexts are the boundaries of UTF-8.
var goodTexts = []struct{ name, text string }{
	{"Greek", "κόσμε"},
	{"first of 1 byte", "\x00"},
	{"first of 2 bytes", "\xc2\x80"},
	{"first of 3 bytes", "\xe0\xa0\x80"},
	{"first of 4 bytes", "\xf0\x90\x80\x80"},
	{"last of 1 byte", "\x7f"},
	{"last of 2 bytes", "\xdf\xbf"},
	{"last of 3 bytes", "\xef\xbf\xbf"},
	{"last of 4 bytes", "\xf4\x8f\xbf\xbf"},
	{"last before the surrogates", "\xed\x9f\xbf"},
	{"first behind the surrogates", "\xee\x80\x80"},
	{"replacement character", "\xef\xbf\xbd"},
	{"noncharacter U+FFFE", "\xef\xbf\xbe"},
	{"noncharacter U+FDD0", "\xef\xb7\x90"},
	{"noncharacter U+1FFFE", "\xf0\x9f\xbf\xbe"},
	{"byte order mark", "\xef\xbb\xbf"},
	{"U+E000 to U+FFFD", "\xee\x80\x80\xef\xbf\xbd"},
	{"joined emoji", "👩‍👩‍👧‍👦"},
	{"all lengths", "aü世😀"},
	{"right to left", "שלום"},
}

// badTexts are texts that are not UTF-8, and the index of the byte at which that
// is certain; -1 where only the end of the text tells. RFC 3629 section 4 says
// which bytes may follow which.
var badTexts = []struct {
	name, text string
	bad        int
}{
	{"first continuation alone", "\x80", 0},
	{"last continuation alone", "\xbf", 0},
	{"two continuations", "\x80\xbf", 0},
	{"continuation behind ASCII", "a\x80", 1},
	{"continuation behind a rune", "ü\x80", 2},
	{"one continuation too many", "世\x96", 3},
	{"2 bytes cut by a blank", "\xc2 ", 1},
	{"3 bytes cut by a blank", "\xe1 ", 1},
	{"3 bytes cut late by a blank", "\xe1\x80 ", 2},
	{"4 bytes cut by a blank", "\xf1 ", 1},
	{"4 bytes cut later by a blank", "\xf1\x80 ", 2},
	{"4 bytes cut last by a blank", "\xf1\x80\x80 ", 3},
	{"2 bytes cut by a rune", "\xdfü", 1},
	{"3 bytes cut by a rune", "\xef\xbfü", 2},
	{"4 bytes cut by a rune", "\xf3\xbf\xbfü", 3},
	{"beginnings in a row", "\xc2\xe1\xf1", 1},
	{"2 bytes unfinished", "\xc2", -1},
	{"3 bytes hardly begun", "\xe1", -1},
	{"3 bytes unfinished", "\xe1\x80", -1},
	{"4 bytes hardly begun", "\xf1", -1},
	{"4 bytes half done", "\xf1\x80", -1},
	{"4 bytes unfinished", "\xf1\x80\x80", -1},
	{"last of 2 bytes unfinished", "\xdf", -1},
	{"last of 3 bytes unfinished", "\xef\xbf", -1},
	{"last of 4 bytes unfinished", "\xf4\x8f\xbf", -1},
	{"impossible fe", "\xfe", 0},
	{"impossible ff", "\xff", 0},
	{"impossible in a row", "\xfe\xfe\xff\xff", 0},
	{"beginning of 5 bytes", "\xf8\x88\x80\x80\x80", 0},
	{"beginning of 6 bytes", "\xfc\x84\x80\x80\x80\x80", 0},
	{"slash in 2 bytes", "\xc0\xaf", 0},
	{"slash in 3 bytes", "\xe0\x80\xaf", 1},
	{"slash in 4 bytes", "\xf0\x80\x80\xaf", 1},
	{"NUL in 2 bytes", "\xc0\x80", 0},
	{"NUL in 3 bytes", "\xe0\x80\x80", 1},
	{"NUL in 4 bytes", "\xf0\x80\x80\x80", 1},
	{"largest overlong of 2 bytes", "\xc1\xbf", 0},
	{"largest overlong of 3 bytes", "\xe0\x9f\xbf", 1},
	{"largest overlong of 4 bytes", "\xf0\x8f\xbf\xbf", 1},
	{"first surrogate", "\xed\xa0\x80", 1},
	{"last high private surrogate", "\xed\xaf\xbf", 1},
	{"first low surrogate", "\xed\xb0\x80", 1},
	{"last surrogate", "\xed\xbf\xbf", 1},
	{"pair of surrogates", "\xed\xa0\x80\xed\xb0\x80", 1},
	{"last pair of surrogates", "\xed\xaf\xbf\xed\xbf\xbf", 1},
	{"beyond U+10FFFF", "\xf4\x90\x80\x80", 1},
	{"far beyond U+10FFFF", "\xf5\x80\x80\x80", 0},
	{"largest of 4 bytes", "\xf7\xbf\xbf\xbf", 0},
}

// utf8Text covers section 8.1 with section 5.6: text that is not UTF-8 fails the
// connection with 1007, as soon as it is certain. The RFC allows to wait for the
// end of the message; we do not, so that nobody makes us read what we refuse.
func utf8Text() []exchange {
	var cases []exchange
	for _, g := range goodTexts {
		cases = append(cases,
			exchange{g.name, "", script(send(text(g.text)), want(text(g.text)), lives)},
			exchange{g.name + " cut at each byte", "", script(send(cutEverywhere(g.text)...), want(text(g.text)), lives)},
			exchange{g.name + " in single bytes", "", script(sendBytewise(text("<"+g.text+">")), want(text("<"+g.text+">")), lives)})
	}
	for _, b := range badTexts {
		const before = "κόσμε "
		whole := before + b.text
		cases = append(cases,
			exchange{b.name, "", script(send(text(b.text)), fails(ws.CodeInvalidData))},
			exchange{b.name + " behind good text", "", script(send(text(whole)), fails(ws.CodeInvalidData))},
			exchange{b.name + " cut at each byte", "", script(send(cutEverywhere(whole)...), fails(ws.CodeInvalidData))})
		if b.bad < 0 {
			cases = append(cases, exchange{b.name + ", then the end in a frame of its own", "", script(
				send(part(whole)), lives, send(last("")), fails(ws.CodeInvalidData))})
			continue
		}
		soFar := whole[:len(before)+b.bad+1]
		open := cutEverywhere(soFar)
		open[len(open)-1].More = true
		cases = append(cases,
			exchange{b.name + ", the rest of the frame missing", "", script(
				send(frame{Opcode: rawframe.Text, Announce: 1000, Payload: soFar}), fails(ws.CodeInvalidData))},
			exchange{b.name + ", the rest of the message missing", "", script(send(open...), fails(ws.CodeInvalidData))},
			exchange{b.name + ", noticed at that byte", "", script(
				send(part(soFar[:len(soFar)-1])), lives, send(more(soFar[len(soFar)-1:])), fails(ws.CodeInvalidData))})
	}
	return cases
}

// cutEverywhere returns a text in fragments of one byte.
func cutEverywhere(s string) []frame {
	frames := []frame{part("")}
	for i := range len(s) {
		frames = append(frames, more(s[i:i+1]))
	}
	frames[len(frames)-1].More = false
	return frames
}

// utf8Reasons covers section 5.5.1: a close reason is UTF-8. The RFC names no
// code for one that is not; ours is that of text, which says more than 1002.
func utf8Reasons() []exchange {
	var cases []exchange
	for _, g := range goodTexts {
		cases = append(cases, exchange{g.name, "", script(send(closes(1000, g.text)), want(closes(1000, "")), ends, tells(1000))})
	}
	for _, b := range badTexts {
		cases = append(cases, exchange{fmt.Sprintf("%s behind good text", b.name), "", script(
			send(closes(1000, "ok "+b.text)), fails(ws.CodeInvalidData))})
	}
	return cases
}
