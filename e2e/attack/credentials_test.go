package attack

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"github.com/gfws/gf-websocket/e2e/wire"
)

func brokenCredentials(a *arena) {
	good := a.issue(nil)
	a.keep("a good token", good)
	tests := []struct {
		what  string
		lines []string
	}{
		{"an empty token", []string{"Authorization: Bearer"}},
		{"an empty token and spaces", []string{"Authorization: Bearer   "}},
		{"a token twice in one line", []string{"Authorization: Bearer " + good + ", Bearer " + good}},
		{"two lines", []string{bearer(good), bearer(good)}},
		{"two subprotocols", []string{"Sec-WebSocket-Protocol: v1, bearer." + good + ", bearer." + good}},
		{"two cookies", []string{"Cookie: access_token=" + good + "; access_token=" + good}},
		{"a token in quotes", []string{`Authorization: Bearer "` + good + `"`}},
		{"a bad token before a good cookie", []string{bearer("x.y.z"), "Cookie: access_token=" + good}},
		{"a token with a space in it", []string{"Authorization: Bearer " + good[:20] + " " + good[20:]}},
		{"a token in Base64", []string{bearer(base64.StdEncoding.EncodeToString([]byte(good)))}},
	}
	for _, test := range tests {
		a.refuse(test.what, notValid, test.lines...)
	}
}

func oversizeTokens(a *arena) {
	tooLarge := []int{0, http.StatusBadRequest, http.StatusUnauthorized, http.StatusRequestHeaderFieldsTooLarge}
	for _, size := range []int{5_000, 9_000, 20_000, 200_000, 2_000_000} {
		garbage := strings.Repeat("x", size)
		a.refuse(fmt.Sprintf("%d bytes in the header", size), tooLarge, bearer(garbage))
		a.refuse(fmt.Sprintf("%d bytes as a subprotocol", size), tooLarge, "Sec-WebSocket-Protocol: v1, bearer."+garbage)
		a.refuse(fmt.Sprintf("%d dots", size), tooLarge, bearer(strings.Repeat(".", size)))
	}
	for _, size := range []int{5_000, 20_000, 40_000, 60_000, 200_000} {
		// The signature is good: only the size is wrong, from the second on.
		big := a.issue(map[string]any{"sub": "", "note": strings.Repeat("x", size)})
		if conn, ok := a.openAs(); ok {
			_ = conn.Send(wire.TextFrame(authCall(big)))
			a.closed(fmt.Sprintf("%d bytes in a message", size), conn, 4401, 1009)
		}
	}
}
