package gfws_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
)

// signEd25519 makes a token by hand, with a kid.
func signEd25519(t *testing.T, key ed25519.PrivateKey, id, user string) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"sub": user, "exp": time.Now().Add(time.Hour).Unix(), "iss": "issuer", "aud": []string{"gfws"}})
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(fmt.Sprintf(`{"alg":"EdDSA","kid":%q}`, id))) + "." + encode(body)
	return text + "." + encode(ed25519.Sign(key, []byte(text)))
}

// TestKeySetOfAnIssuer takes tokens by the key set that an issuer publishes, and
// says that it cannot while the issuer is down.
func TestKeySetOfAnIssuer(t *testing.T) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, stranger, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int64
	issuer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Path != "/keys" {
			http.NotFound(w, r)
			return
		}
		_, _ = fmt.Fprintf(w, `{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k1","x":%q}]}`, base64.RawURLEncoding.EncodeToString(public))
	}))
	defer issuer.Close()
	withConfiguration(t, fmt.Sprintf(`websocket:
  auth:
    methods: [bearer]
    jwt: {algorithms: [EdDSA], jwksUrl: "%[1]s/keys", issuer: issuer, audience: [gfws]}
  instances:
    down:
      auth: {jwt: {jwksUrl: "%[1]s/nothing"}}
`, issuer.URL))
	logs := &logs{}
	h := startHost(t, gfws.New(gfws.Handle(whoami())), gfws.New(gfws.Name("down"), gfws.Logger(logs.logger())))
	if asked.Load() != 0 {
		t.Error("the issuer was asked before there was a token")
	}
	bearer := func(token string) []string { return []string{"Authorization", "Bearer " + token} }
	for range 3 {
		h.dial("/ws", bearer(signEd25519(t, private, "k1", "42"))...).expectUser("42")
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the issuer was asked %d times for tokens of one key", n)
	}
	for name, token := range map[string]string{
		"key of a stranger": signEd25519(t, stranger, "k1", "42"),
		"unknown key id":    signEd25519(t, private, "k2", "42"),
		"HMAC":              signToken(t, "42", time.Hour),
	} {
		if _, res, body := h.tryDial("/ws", bearer(token)...); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: got %s %s", name, res.Status, body)
		}
	}
	for range 3 {
		_, res, body := h.tryDial("/down", bearer(signEd25519(t, private, "k1", "42"))...)
		expectRefusal(t, res, body, http.StatusServiceUnavailable, gcode.CodeServerBusy, "cannot be verified at the moment")
	}
	waitFor(t, "the failure to be logged", func() bool { return strings.Contains(logs.String(), "404") })
}

// TestTokensOfAnInstance holds that each instance has keys of its own.
func TestTokensOfAnInstance(t *testing.T) {
	withConfiguration(t, authNode("bearer", "")+`  instances:
    other:
      auth: {jwt: {secret: "another secret, which is as long as the hash"}}
`)
	h := startHost(t, gfws.New(), gfws.New(gfws.Name("other")))
	token := []string{"Authorization", "Bearer " + signToken(t, "42", time.Hour)}
	h.dial("/ws", token...).echo(websocket.TextMessage, "let in")
	_, res, body := h.tryDial("/other", token...)
	expectRefusal(t, res, body, http.StatusUnauthorized, gcode.CodeNotAuthorized, "not valid")
	if got := res.Header.Get("WWW-Authenticate"); !strings.Contains(got, `realm="other"`) {
		t.Errorf("challenged with %q", got)
	}
}
