package guard

import (
	"net/http"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

// TestPeerThatDoesNotRead is cut after timeout.write. Two servers show it: one
// cuts the later of two peers, while the other lets the earlier one be.
func TestPeerThatDoesNotRead(t *testing.T) {
	patient, strict := startUnread(t, "10m"), startUnread(t, "300ms")
	await(t, "the cut", func() bool { return strict.figures().Sessions == 0 })
	if patient.figures().Sessions != 1 {
		t.Error("it is cut before its time")
	}
}

// startUnread starts a server with a peer that does not read what it was sent.
func startUnread(t *testing.T, timeout string) *operator {
	t.Helper()
	o := newOperator(t)
	s := configured(t, "timeout: {write: %s}\n  queue: {maxMessages: unlimited, maxSize: unlimited}\n  heartbeat: {interval: off}\n  push: {token: %q}", timeout, o.token)
	enterWhole(t, s)
	o.at(s)
	for n := range mostChunks {
		o.sendAll(numbered(n))
	}
	return o
}

// TestTimeToClose is that of the configuration: it ends for the later of two peers
// that do not answer the close, and gives its place back, while the earlier one, of
// another server, keeps it.
func TestTimeToClose(t *testing.T) {
	patient, strict := startClosing(t, "10m"), startClosing(t, "200ms")
	await(t, "the place of one that was cut", func() bool {
		_, response := ask(t, strict, "/ws")
		return response.StatusCode == http.StatusSwitchingProtocols
	})
	refuse(t, patient, http.StatusServiceUnavailable, "/ws")
}

// startClosing starts a server with one place, taken by a peer that was told to close
// and does not.
func startClosing(t *testing.T, timeout string) *server.Server {
	t.Helper()
	o := newOperator(t)
	s := configured(t, "timeout: {close: %s}\n  drain: {timeout: 10m}\n  connections: {total: 1}\n  heartbeat: {interval: off}\n  push: {token: %q}", timeout, o.token)
	o.at(s)
	p := enterWhole(t, s)
	o.ask(http.MethodPost, "/disconnect", map[string]any{"session": o.sessions()[0]}, nil)
	p.closed(1008, "")
	return s
}

// TestTimeToAuthenticate is that of the configuration: it ends for the later of two
// peers, while the earlier one, of another server, has time.
func TestTimeToAuthenticate(t *testing.T) {
	key := newKey(t)
	const configuration = "auth: {methods: [first-message], timeout: %s, jwt: %s}"
	patient := enter(t, binary(t, configuration, "10m", key.configuration("")), "/ws")
	strict := enter(t, binary(t, configuration, "200ms", key.configuration("")), "/ws")
	strict.closed(4401, "")
	patient.say(authCall(key.sign(t, map[string]any{"sub": "ann"})))
	patient.hear(`"user":"ann"`)
}
