package attack

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gfws/gf-websocket/e2e/wire"
)

const signatures = `  signature: {keys: ["of-an-older-device-0123456789", "shared-by-all-devices-0123456789"], window: 30s}
`

// signatureKey is the second of those.
var signatureKey = []byte("shared-by-all-devices-0123456789")

// sealer puts messages into envelopes.
type sealer struct{ key []byte }

type sealed struct {
	Time  int64  `json:"ts"`
	Nonce string `json:"nonce"`
	Data  string `json:"data"`
	Type  string `json:"type"`
	Sign  string `json:"sig"`
}

func (s *sealer) seal(text string) string { return s.sealAt(time.Now(), text).String() }

func (s *sealer) sealAt(at time.Time, text string) sealed {
	e := sealed{Time: at.UnixMilli(), Data: text, Type: "text"}
	nonce := make([]byte, 16)
	_, _ = rand.Read(nonce)
	e.Nonce = encode(nonce)
	mac := hmac.New(sha256.New, s.key)
	fmt.Fprintf(mac, "%d\n%s\n%s\n%s", e.Time, e.Nonce, e.Type, e.Data)
	e.Sign = encode(mac.Sum(nil))
	return e
}

func (e sealed) String() string {
	text, _ := json.Marshal(e) // cannot fail
	return string(text)
}

// replay sends what was overheard again, and what was made of it.
func replay(a *arena) {
	overheard := a.sealer.sealAt(time.Now(), "open the door")
	conn, ok := a.open()
	if !ok {
		return
	}
	_ = conn.Send(wire.TextFrame(overheard.String()))
	if heard, err := receive(conn); err != nil || string(heard.Payload) != "open the door" {
		a.Errorf("the first time: got %q, %v", heard.Payload, err)
	}
	_ = conn.Send(wire.TextFrame(overheard.String()))
	a.closed("the same again", conn, 1008)

	change := func(edit func(e *sealed)) string {
		e := a.sealer.sealAt(time.Now(), "open the door")
		edit(&e)
		return e.String()
	}
	now, other := time.Now(), &sealer{key: []byte("guessed-0123456789-0123456789")}
	tests := []struct{ what, text string }{
		{"the same in another session", overheard.String()},
		{"the same in other words", strings.Replace(overheard.String(), `{"ts"`, `{ "ts"`, 1)},
		{"of yesterday", a.sealer.sealAt(now.Add(-24*time.Hour), "open the door").String()},
		{"of tomorrow", a.sealer.sealAt(now.Add(24*time.Hour), "open the door").String()},
		{"of yesterday with the time of today", change(func(e *sealed) { e.Time++ })},
		{"with another nonce", change(func(e *sealed) { e.Nonce = overheard.Nonce[:21] + "A" })},
		{"with other data", change(func(e *sealed) { e.Data += "!" })},
		{"as another type", change(func(e *sealed) { e.Type, e.Data = "binary", "b3BlbiB0aGUgZG9vcg==" })},
		{"with another type's name", change(func(e *sealed) { e.Type = "Text" })},
		{"with the signature of another", change(func(e *sealed) { e.Sign = overheard.Sign })},
		{"without a signature", change(func(e *sealed) { e.Sign = "" })},
		{"with half a signature", change(func(e *sealed) { e.Sign = e.Sign[:21] })},
		{"by a key that was guessed", other.seal("open the door")},
		{"with one more field", strings.Replace(a.sealer.seal("open the door"), "{", `{"admin":true,`, 1)},
		{"with something behind", a.sealer.seal("open the door") + "{}"},
		{"without an envelope", "open the door"},
		{"as an empty object", "{}"},
	}
	for _, test := range tests {
		if conn, ok := a.open(); ok {
			_ = conn.Send(wire.TextFrame(test.text))
			a.closed(test.what, conn, 1008)
		}
	}
	if conn, ok := a.openRPC(); ok {
		_ = conn.Send(wire.TextFrame(overheard.String()))
		a.closed("the same at another endpoint", conn, 1008)
	}
	if conn, ok := a.open(); ok {
		_ = conn.Send(wire.Frame{Opcode: wire.Binary, Payload: []byte(a.sealer.seal("open the door"))})
		a.closed("an envelope as bytes", conn, 1008)
	}
}

// openRPC is open at the other endpoint of the server.
func (a *arena) openRPC() (*wire.Conn, bool) {
	conn, err := wire.Dial(a.target.Host, patience)
	if err != nil {
		a.Errorf("connect: %v", err)
		return nil, false
	}
	a.hold(conn)
	target := *a.target
	target.Path = "/rpc"
	lines := []string{bearer(a.issue(map[string]any{"sub": "mallory"})), forwarded(attacker)}
	response, err := conn.Request(append(wire.Handshake(&target), lines...))
	if err != nil || response.StatusCode != http.StatusSwitchingProtocols {
		a.Errorf("the other endpoint let nobody in: %v, %v", response, err)
		return nil, false
	}
	return conn, true
}
