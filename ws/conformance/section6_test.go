package conformance_test

import (
	"fmt"
	"strings"

	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// sendingAndReceiving covers section 6: messages are delivered whole and in
// order, wherever TCP cuts them.
func sendingAndReceiving() []exchange {
	var hundred, back []frame
	for i := range 100 {
		hundred = append(hundred, text(fmt.Sprint(i)))
		back = append(back, text(fmt.Sprint(i)))
	}
	large := strings.Repeat("0123456789abcdef", 4096)
	cases := []exchange{
		{"two messages in one segment", "", script(send(text("one"), bin("two")), want(text("one"), bin("two")), lives)},
		{"a hundred messages in one segment", "", script(send(hundred...), want(back...), lives)},
		{"a message in single bytes", "", script(sendBytewise(text("single bytes")), want(text("single bytes")), lives)},
		{"fragments in single bytes", "", script(sendBytewise(part("fr"), more("agm"), last("ents")), want(text("fragments")), lives)},
		{"large ones after one another", "", script(
			send(bin(large)), wantMessage(rawframe.Binary, large), send(text(large)), wantMessage(rawframe.Text, large), lives)},
		{"large and small in one write", server, script(
			send(bin(large), text("small"), bin(large)), want(bin(large), text("small"), bin(large)), lives)},
		{"empty messages", "", script(send(text(""), bin(""), text("")), want(text(""), bin(""), text("")), lives)},
	}
	for at := 1; at < 24; at++ {
		cases = append(cases, exchange{fmt.Sprintf("two frames cut at byte %d", at), server, script(
			sendCut(at, text("first"), text("second")), want(text("first"), text("second")), lives)})
	}
	for at := 1; at < 15; at++ {
		cases = append(cases, exchange{fmt.Sprintf("two frames cut at byte %d", at), client, script(
			sendCut(at, text("first"), text("second")), want(text("first"), text("second")), lives)})
	}
	for at := 1; at < 10; at++ {
		cases = append(cases, exchange{fmt.Sprintf("close frame cut at byte %d", at), server, script(
			sendCut(at, closes(4000, "cu")), want(closes(4000, "")), ends, tells(4000))})
	}
	for at := 1; at < 6; at++ {
		cases = append(cases, exchange{fmt.Sprintf("close frame cut at byte %d", at), client, script(
			sendCut(at, closes(4000, "cu")), want(closes(4000, "")), ends, tells(4000))})
	}
	return cases
}
