package guard

import (
	"net/http"
	"testing"
)

// TestPanicsTellNoTokens has each function of the host panic while the request has a
// token, and a middleware answer it: the log tells of that, and not of the token.
func TestPanicsTellNoTokens(t *testing.T) {
	h := startHost(t)
	shown := [][]string{
		{"/fragile", bearer(h.member)},
		{"/fragile", "Sec-WebSocket-Protocol: v1, bearer." + h.member},
		{"/fragile", "Cookie: key=" + h.member},
		{"/fragile?access_token=" + h.member, "X-None: x"},
		{"/fragile?room=1&access_token=" + h.member, "X-Forwarded-For: 192.0.2.1"},
	}
	for _, handshake := range shown {
		path, line := handshake[0], handshake[1]
		for _, place := range []string{"Middleware", "Authenticate", "Authorize", "CheckRequest"} {
			refuse(t, h.Server, http.StatusInternalServerError, path, line, "User-Agent: "+place)
			wantLogged(t, h.Server, "broken on purpose at "+place)
		}
		refuse(t, h.Server, http.StatusTeapot, path, line, "User-Agent: nobody")
		enter(t, h.Server, path, line, "User-Agent: OnOpen").closed(1011, "")
		wantLogged(t, h.Server, "broken on purpose at OnOpen")
		for _, place := range []string{"CheckMessage", "OnMessage"} {
			p := enter(t, h.Server, path, line)
			p.say(place)
			p.closed(1011, "")
			wantLogged(t, h.Server, "broken on purpose at "+place)
		}
		_ = enter(t, h.Server, path, line, "User-Agent: OnClose").Close()
		wantLogged(t, h.Server, "broken on purpose at OnClose")
	}
	refuse(t, h.Server, http.StatusInternalServerError, "/fragile?access_token="+h.banned)
	mute := enter(t, h.Server, "/fragile")
	mute.say(authCall(h.banned))
	mute.closed(1011, "")
	wantLogged(t, h.Server, "broken on purpose at banned")
	guest := enter(t, h.Server, "/fragile?access_token="+h.guest)
	guest.say("hello")
	guest.closed(1011, "")
	wantLogged(t, h.Server, "broken on purpose at guest")
	h.leave()
}
