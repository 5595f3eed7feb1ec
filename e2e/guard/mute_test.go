package guard

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// startMute starts a server both of whose endpoints have sessions authenticate in
// their first message.
func startMute(t *testing.T) (*server.Server, *issuer, *operator, *operator) {
	t.Helper()
	key, echo, rooms := newKey(t), newOperator(t), newOperator(t)
	s := binary(t, `auth: {methods: [bearer, first-message], timeout: 10m, jwt: %s}
  rate: {messages: 20}
  push: {path: /push, token: %q}
  instances: {rpc: {push: {path: /rooms, token: %q}}}`, key.configuration(""), echo.token, rooms.token)
	rooms.at(s).base = s.URL + "/rooms"
	return s, key, echo.at(s), rooms
}

// TestMuteSessionsHearNothing sends to a session in every way before it has said
// who it is, of which it must hear nothing, and once more after it has.
func TestMuteSessionsHearNothing(t *testing.T) {
	s, key, echo, rooms := startMute(t)
	ann := key.sign(t, map[string]any{"sub": "ann"})
	for path, o := range map[string]*operator{"/ws": echo, "/rpc": rooms} {
		t.Run(path, func(t *testing.T) {
			mute := enter(t, s, path)
			if listed := o.sessions(); len(listed) != 0 {
				t.Errorf("listed are %q, to whom anybody could send", listed)
			}
			for _, to := range []map[string]any{{"all": true}, {"room": "hall"}, {"user": "ann"}, {"users": []string{"ben", "ann"}}} {
				if queued := o.send(payload, to); queued != 0 {
					t.Errorf("%v: queued for %d", to, queued)
				}
			}
			if err := mute.Send(wire.Frame{Opcode: wire.Ping, Payload: []byte("there?")}); err != nil {
				t.Fatal(err)
			}
			if got, err := mute.Receive(); err != nil || got.Opcode != wire.Pong || string(got.Payload) != "there?" {
				t.Fatalf("got opcode %d with %q, %v, want the pong", got.Opcode, got.Payload, err)
			}
			mute.say(authCall(ann))
			mute.hear(`"result":{"user":"ann"`)
			await(t, "the session in the list", func() bool { return len(o.sessions()) == 1 })
			for _, to := range []map[string]any{{"all": true}, {"user": "ann"}, {"sessions": o.sessions()}} {
				if queued := o.send("for ann", to); queued != 1 {
					t.Errorf("%v: queued for %d", to, queued)
				}
				mute.hear("for ann")
			}
		})
	}
}

// sessions are the ids of those that the API lists.
func (o *operator) sessions() []string {
	o.t.Helper()
	var listed struct{ Sessions []struct{ Session string } }
	o.ask(http.MethodGet, "/sessions", nil, &listed)
	ids := []string{}
	for _, s := range listed.Sessions {
		ids = append(ids, s.Session)
	}
	return ids
}

// TestMuteSessionsAreInNoRoom has somebody come and speak in a room that a mute
// session must ask for in vain.
func TestMuteSessionsAreInNoRoom(t *testing.T) {
	s, key, _, rooms := startMute(t)
	mute, loud := enter(t, s, "/rpc"), enter(t, s, "/rpc")
	member := enter(t, s, "/rpc", bearer(key.sign(t, map[string]any{"sub": "ben"})))
	loud.say(roomCall("room.join", map[string]any{"room": "hall"}))
	loud.closed(4401, "authenticate first")
	member.say(roomCall("room.join", map[string]any{"room": "hall"}))
	member.hear(`"id":7`, `"result":{`)
	member.say(roomCall("room.say", map[string]any{"room": "hall", "text": payload}))
	await(t, "the room", func() bool { return rooms.figures().Rooms == 1 })
	mute.say(authCall(key.sign(t, map[string]any{"sub": "ann"})))
	mute.hear(`"id":1`, `"result":{"user":"ann"`)
	mute.say(roomCall("room.members", map[string]any{"room": "hall"}))
	mute.hear(`"error":{`)
}

func roomCall(method string, params map[string]any) string {
	call, _ := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 7, "method": method, "params": params})
	return string(call)
}

// TestMuteSessionsMayNotFlood closes them for their first message, and for pings.
func TestMuteSessionsMayNotFlood(t *testing.T) {
	s, _, _, _ := startMute(t)
	for _, path := range []string{"/ws", "/rpc"} {
		text, ping := enter(t, s, path), enter(t, s, path)
		for range 2000 {
			_ = text.Send(wire.TextFrame("flood"))
			_ = ping.Send(wire.Frame{Opcode: wire.Ping, Payload: []byte("flood")})
		}
		text.closed(4401, "authenticate first")
		ping.closed(1008, "20 messages a second")
	}
}

// TestMuteSessionsTakePlaces counts them as all others, until they are gone.
func TestMuteSessionsTakePlaces(t *testing.T) {
	key := newKey(t)
	s := binary(t, "connections: {total: 3, ip: 2}\n  proxy: {trusted: [127.0.0.1]}\n  auth: {methods: [first-message], timeout: 10m, jwt: %s}", key.configuration(""))
	here, there := "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.2"
	first := enter(t, s, "/ws", here)
	enter(t, s, "/ws", here)
	refuse(t, s, http.StatusTooManyRequests, "/ws", here)
	enter(t, s, "/ws", there)
	refuse(t, s, http.StatusServiceUnavailable, "/ws", there)
	_ = first.Close()
	await(t, "the place", func() bool {
		_, response := ask(t, s, "/ws", there)
		return response.StatusCode == http.StatusSwitchingProtocols
	})
}
