package gfws_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/util/gvalid"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// note is a message with rules.
type note struct {
	Room string `json:"room" v:"required|length:1,8"`
	Text string `json:"text" v:"required"`
	Age  int    `json:"age"  v:"between:1,150"`
}

// refused is what one bad message gets.
type refused struct {
	opts   []gfws.Option
	kind   int
	data   string
	close  int // with policy "close"
	reason string
	code   gcode.Code // with policy "answer"
	fields map[string]string
}

func refusedMessages() map[string]refused {
	types := gfws.Configure(func(c *gfws.Config) { c.Message.Types = []string{"text"} })
	depth := gfws.Configure(func(c *gfws.Config) { c.Message.JSONDepth = 3 })
	signed := gfws.Configure(func(c *gfws.Config) { c.Signature.Keys = []gfws.Secret{signingKey} })
	check := gfws.CheckMessage(func(_ context.Context, _ *ws.Session, m ws.Message) error {
		return map[string]error{
			"plain":  errors.New("no such word"),
			"coded":  gerror.NewCode(gcode.CodeNotFound, "no such room"),
			"closed": &ws.CloseError{Code: 4001, Reason: "own"},
		}[string(m.Data)]
	})
	permit := gfws.AuthorizeMessage(func(context.Context, ws.Identity, string) error { return errors.New("no such word") })
	coded := gfws.AuthorizeMessage(func(context.Context, ws.Identity, string) error {
		return gerror.NewCode(gcode.CodeNotFound, "no such room")
	})
	closing := gfws.AuthorizeMessage(func(context.Context, ws.Identity, string) error {
		return &ws.CloseError{Code: 4001, Reason: "own"}
	})
	one := func(opt gfws.Option) []gfws.Option { return []gfws.Option{opt} }
	text, binary := websocket.TextMessage, websocket.BinaryMessage
	const required = "The room field is required"
	return map[string]refused{
		"type":              {one(types), binary, "x", 1003, "binary messages are not taken", gcode.CodeInvalidParameter, nil},
		"no JSON":           {one(depth), text, `{"a":`, 1007, "not JSON", gcode.CodeInvalidParameter, nil},
		"no JSON in binary": {one(depth), binary, "\xff", 1007, "not JSON", gcode.CodeInvalidParameter, nil},
		"nothing":           {one(depth), text, "", 1007, "not JSON", gcode.CodeInvalidParameter, nil},
		"deep":              {one(depth), text, `{"a":[{"b":[]}]}`, 1009, "deeper than 3", gcode.CodeInvalidParameter, nil},
		"very deep":         {one(depth), text, strings.Repeat("[", 60000), 1009, "deeper than 3", gcode.CodeInvalidParameter, nil},
		"struct":            {one(gfws.ValidateMessage(note{})), text, `{"text":"x","age":200}`, 1008, "must be between 1 and 150", gcode.CodeValidationFailed, map[string]string{"room": required, "age": "between 1 and 150"}},
		"pointer to struct": {one(gfws.ValidateMessage(&note{})), text, `{"text":"x","age":1}`, 1008, required, gcode.CodeValidationFailed, map[string]string{"room": required}},
		"another type":      {one(gfws.ValidateMessage(note{})), text, `{"room":1}`, 1008, "expected string", gcode.CodeValidationFailed, map[string]string{"room": "expected string, not number"}},
		"no object":         {one(gfws.ValidateMessage(note{})), text, `[]`, 1008, "not a JSON object", gcode.CodeValidationFailed, map[string]string{"": "not a JSON object"}},
		"null":              {one(gfws.ValidateMessage(note{})), text, `null`, 1008, "not a JSON object", gcode.CodeValidationFailed, map[string]string{"": "not a JSON object"}},
		"another case":      {one(gfws.ValidateMessage(note{})), text, `{"room":"a","text":"x","age":1,"TEXT":""}`, 1008, "comes twice", gcode.CodeValidationFailed, map[string]string{"TEXT": "comes twice, as"}},
		"map, another case": {one(gfws.ValidateMessage(map[string]string{"room": "in:a,b"})), text, `{"ROOM":"evil"}`, 1008, "to be written", gcode.CodeValidationFailed, map[string]string{"ROOM": `to be written as "room"`}},
		"map":               {one(gfws.ValidateMessage(map[string]string{"room": "required"})), text, `{}`, 1008, required, gcode.CodeValidationFailed, map[string]string{"room": required}},
		"rule":              {one(gfws.ValidateMessage("length:1,3")), text, "four", 1008, "length", gcode.CodeValidationFailed, map[string]string{"": "length"}},
		"application":       {one(check), text, "plain", 1008, "no such word", gcode.CodeValidationFailed, nil},
		"application, code": {one(check), text, "coded", 1008, "no such room", gcode.CodeNotFound, nil},
		"application, own":  {one(check), text, "closed", 4001, "own", nil, nil},
		"permission":        {one(permit), text, "plain", 4403, "no such word", gcode.CodeSecurityReason, nil},
		"permission, code":  {one(coded), text, "coded", 4403, "no such room", gcode.CodeNotFound, nil},
		"permission, own":   {one(closing), text, "closed", 4001, "own", nil, nil},
		"unsigned":          {one(signed), text, "hello", 1008, "no signed envelope", gcode.CodeSecurityReason, nil},
		"unsigned binary":   {one(signed), binary, "hello", 1008, "no signed envelope", gcode.CodeSecurityReason, nil},
	}
}

// TestRefusedMessages sends a message that breaks one rule, to a handler and to a
// loop of the host's own, under both policies. None of them reaches the host.
func TestRefusedMessages(t *testing.T) {
	answer := gfws.Configure(func(c *gfws.Config) { c.Message.Refuse = "answer" })
	for name, c := range refusedMessages() {
		t.Run(name, func(t *testing.T) {
			closing := startLoop(t, echoLoop, gfws.New(c.opts...))
			answering := startLoop(t, echoLoop, gfws.New(append(c.opts, answer)...))
			for _, path := range []string{"/ws", "/loop"} {
				p := closing.dial(path)
				p.send(c.kind, c.data)
				p.expectClose(c.close, c.reason)

				p = answering.dial(path)
				p.send(c.kind, c.data)
				if c.code == nil {
					p.expectClose(c.close, c.reason)
					continue
				}
				p.expectRejection(c)
				p.send(c.kind, c.data) // and so again: it goes on
				p.expectRejection(c)
			}
		})
	}
}

// expectRejection holds the form of the answer to a message that is not taken.
func (p *peer) expectRejection(want refused) {
	p.t.Helper()
	_ = p.SetReadDeadline(time.Now().Add(patience))
	kind, data, err := p.ReadMessage()
	if err != nil {
		p.t.Fatal(err)
	}
	var got struct {
		Version string `json:"jsonrpc"`
		ID      any    `json:"id"`
		Error   struct {
			Code    int               `json:"code"`
			Message string            `json:"message"`
			Data    map[string]string `json:"data"`
		} `json:"error"`
	}
	if err = json.Unmarshal(data, &got); err != nil {
		p.t.Fatalf("%s: %v", data, err)
	}
	if kind != websocket.TextMessage || got.Version != "2.0" || got.ID != nil || !strings.Contains(string(data), `"id":null`) ||
		got.Error.Code != want.code.Code() || !strings.Contains(got.Error.Message, want.reason) || len(got.Error.Data) != len(want.fields) {
		p.t.Errorf("answered with %s, want %d %q %v", data, want.code.Code(), want.reason, want.fields)
	}
	for field, part := range want.fields {
		if !strings.Contains(got.Error.Data[field], part) {
			p.t.Errorf("field %q is said to be %q, want %q", field, got.Error.Data[field], part)
		}
	}
}

// TestTakenMessages holds that what keeps the rules arrives as it was sent.
func TestTakenMessages(t *testing.T) {
	depth := gfws.Configure(func(c *gfws.Config) { c.Message.JSONDepth = 3 })
	for name, c := range map[string]struct {
		opt  gfws.Option
		data []string
	}{
		"depth":  {depth, []string{`{"a":[{}]}`, `[[[]],[[]]]`, `"[[[[["`, `"\"[[[["`, `"\\"`, ` 1 `, "null"}},
		"struct": {gfws.ValidateMessage(note{}), []string{`{"room":"a","text":"b","age":7,"more":[1]}`}},
		"map":    {gfws.ValidateMessage(map[string]string{"room": "required"}), []string{`{"room":"a"}`}},
		"rule":   {gfws.ValidateMessage("length:1,3"), []string{"abc"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := startHost(t, gfws.New(c.opt)).dial("/ws")
			for _, data := range c.data {
				p.echo(websocket.TextMessage, data)
			}
		})
	}
}

// TestBadSchemas are rules that no message can be held to.
func TestBadSchemas(t *testing.T) {
	for _, schema := range []any{"", map[string]string{}, 7, []string{"required"}, func() {}, map[string]int{"a": 1}, new(int), "lenght:1,5", map[string]string{"room": "requird"}, struct {
		Room string `v:"nope"`
	}{}} {
		if err := gfws.New(gfws.ValidateMessage(schema)).Check(); err == nil || !strings.Contains(err.Error(), "ValidateMessage") {
			t.Errorf("%v: got %v", reflect.TypeOf(schema), err)
		}
	}
}

// TestRuleThatIsGone holds that rules which cannot be held are the server's fault,
// whatever message.refuse says, and that the client learns nothing of them.
func TestRuleThatIsGone(t *testing.T) {
	const rule = "gfws-test-gone"
	gvalid.RegisterRule(rule, func(context.Context, gvalid.RuleFuncInput) error { return nil })
	h := startHost(t, gfws.New(gfws.ValidateMessage(rule), gfws.Configure(func(c *gfws.Config) { c.Message.Refuse = "answer" })))
	p := h.dial("/ws")
	p.echo(websocket.TextMessage, "hello")
	gvalid.DeleteRule(rule)
	p.send(websocket.TextMessage, "hello")
	p.expectClose(1011, "internal error")
}

const signingKey = "sixteen bytes at least"

// sign returns m in an envelope.
func sign(t *testing.T, key string, m ws.Message) string {
	t.Helper()
	signer, err := client.NewSigner([]byte(key))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(signed.Data)
}

// TestSignedMessages holds that the host gets what was in the envelope, by
// either of two keys, and that the rules are for that.
func TestSignedMessages(t *testing.T) {
	const older = "the key before that one"
	h := startLoop(t, echoLoop, gfws.New(gfws.ValidateMessage("length:1,20"), gfws.Configure(func(c *gfws.Config) {
		c.Signature.Keys = []gfws.Secret{signingKey, older}
	})))
	for _, path := range []string{"/ws", "/loop"} {
		p := h.dial(path)
		for _, key := range []string{signingKey, older} {
			p.send(websocket.TextMessage, sign(t, key, ws.TextMessage(`hello "you" <&>`)))
			p.expect(websocket.TextMessage, `hello "you" <&>`)
			p.send(websocket.TextMessage, sign(t, key, ws.BinaryMessage([]byte("\x00\xff"))))
			p.expect(websocket.BinaryMessage, "\x00\xff")
		}
		p.send(websocket.TextMessage, sign(t, signingKey, ws.TextMessage(strings.Repeat("x", 21))))
		p.expectClose(websocket.ClosePolicyViolation, "length")
		p = h.dial(path)
		p.send(websocket.TextMessage, sign(t, "a key of somebody else", ws.TextMessage("hello")))
		p.expectClose(websocket.ClosePolicyViolation, "signature is wrong")
	}
}

// TestReplayedMessages overhears a message and sends it again: on its own
// connection, and on another.
func TestReplayedMessages(t *testing.T) {
	plugin := gfws.New(gfws.Configure(func(c *gfws.Config) { c.Signature.Keys = []gfws.Secret{signingKey} }))
	h := startHost(t, plugin)
	overheard := sign(t, signingKey, ws.TextMessage("pay 10"))
	victim := h.dial("/ws")
	victim.send(websocket.TextMessage, overheard)
	victim.expect(websocket.TextMessage, "pay 10")
	for _, p := range []*peer{victim, h.dial("/ws")} {
		p.send(websocket.TextMessage, overheard)
		p.expectClose(websocket.ClosePolicyViolation, "sent before")
	}
	waitFor(t, "the audit", func() bool { return plugin.Stats().Closed["replay"] == 2 })
}

// TestReplayElsewhere sends a message that one instance has taken to another one
// of the same server, which has the same keys, and to the first one after it was
// installed again. Another server is another one's affair.
func TestReplayElsewhere(t *testing.T) {
	keys := gfws.Configure(func(c *gfws.Config) { c.Signature.Keys = []gfws.Secret{signingKey} })
	first := gfws.New(keys)
	h := startHost(t, first, gfws.New(keys, gfws.Name("rpc")))
	overheard := sign(t, signingKey, ws.TextMessage("pay 10"))
	p := h.dial("/ws")
	p.send(websocket.TextMessage, overheard)
	p.expect(websocket.TextMessage, "pay 10")
	_ = p.Close()
	if err := first.Remove(); err != nil {
		t.Fatal(err)
	}
	if err := first.Install(h.Server); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/rpc", "/ws"} {
		p = h.dial(path)
		p.send(websocket.TextMessage, overheard)
		p.expectClose(websocket.ClosePolicyViolation, "sent before")
	}
	p = startHost(t, gfws.New(keys)).dial("/ws")
	p.send(websocket.TextMessage, overheard)
	p.expect(websocket.TextMessage, "pay 10")
}
