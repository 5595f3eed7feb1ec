package attack

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gfws/gf-websocket/e2e/wire"
)

// notValid are the answers to a token that is none, or is malformed.
var notValid = []int{http.StatusUnauthorized, http.StatusBadRequest}

// deny shows a token in every way in which one can be shown, and fails unless it
// is refused in each.
func (a *arena) deny(what, token string) {
	a.Helper()
	a.keep(what, token)
	a.refuse(what+", in the header", notValid, bearer(token))
	a.refuse(what+", as a subprotocol", notValid, "Sec-WebSocket-Protocol: v1, bearer."+token)
	a.refuse(what+", in the cookie", notValid, "Cookie: access_token="+token)
	a.denyQuery(what, token)
	if conn, ok := a.openAs(); ok {
		_ = conn.Send(wire.TextFrame(authCall(token)))
		a.closed(what+", in a message", conn, 4401)
	}
}

// denyQuery is deny for the query.
func (a *arena) denyQuery(what, token string) {
	a.Helper()
	conn, err := wire.Dial(a.target.Host, patience)
	if err != nil {
		a.Errorf("connect: %v", err)
		return
	}
	a.hold(conn)
	target := *a.target
	target.RawQuery = "access_token=" + token
	response, err := conn.Request(wire.Handshake(&target, forwarded(attacker)))
	a.try(err == nil && response.StatusCode == http.StatusUnauthorized, "%s, in the query: answered with %v, %v", what, response, err)
}

func authCall(token string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"auth","params":{"token":%q}}`, token)
}

// denyAll denies tokens by what they are, several at once.
func (a *arena) denyAll(tokens []secret) {
	a.Helper()
	a.each(len(tokens), func(i int) { a.deny(tokens[i].what, tokens[i].text) })
}

func algorithmConfusion(a *arena) {
	block, _ := pem.Decode(a.issuer.public)
	good, own := a.issue(nil), newRSAKey(a.T)
	parts := strings.Split(good, ".")
	tokens := []secret{
		{"the public key in PEM as a secret", a.forge(`{"alg":"HS256"}`, nil, withSecret(a.issuer.public))},
		{"the public key in PEM without its end as a secret", a.forge(`{"alg":"HS256"}`, nil, withSecret(a.issuer.public[:len(a.issuer.public)-1]))},
		{"the public key in DER as a secret", a.forge(`{"alg":"HS256"}`, nil, withSecret(block.Bytes))},
		{"the key in PKCS #1 as a secret", a.forge(`{"alg":"HS256"}`, nil, withSecret(x509.MarshalPKCS1PublicKey(&a.issuer.key.PublicKey)))},
		{"an empty secret", a.forge(`{"alg":"HS256"}`, nil, withSecret(nil))},
		{"another padding", a.forge(`{"alg":"PS256"}`, nil, withPSS(a.issuer.key))},
		{"another padding under the right name", a.forge(`{"alg":"RS256"}`, nil, withPSS(a.issuer.key))},
		{"the right key by an algorithm that is not taken", a.forge(`{"alg":"RS512"}`, nil, a.issuer.sign)},
		{"a signature of zeros for a curve", a.forge(`{"alg":"ES256"}`, nil, func(string) []byte { return make([]byte, 64) })},
		{"a key of the attacker's", a.forge(`{"alg":"RS256"}`, nil, withRSA(own))},
		{"a key of the attacker's in the token", a.forge(`{"alg":"RS256","jwk":`+strings.TrimSuffix(strings.TrimPrefix(keySet(own), `{"keys":[`), "]}")+`}`, nil, withRSA(own))},
		{"an extension that must be known", a.forge(`{"alg":"RS256","crit":["exp"]}`, nil, a.issuer.sign)},
		{"two algorithms", a.forge(`{"alg":"RS256","alg":"none"}`, nil, nil)},
		{"two algorithms the other way", a.forge(`{"alg":"none","alg":"RS256"}`, nil, nil)},
		{"an algorithm that is a list", a.forge(`{"alg":["none","RS256"]}`, nil, nil)},
		{"another user under the same signature", parts[0] + "." + strings.Split(a.issue(map[string]any{"sub": "root"}), ".")[1] + "." + parts[2]},
		{"a signature that was cut", good[:len(good)-10]},
		{"a signature in another spelling", respelled(good)},
		{"no signature", parts[0] + "." + parts[1] + "."},
		{"two parts", parts[0] + "." + parts[1]},
		{"five parts", good + ".."},
	}
	for _, none := range []string{"none", "None", "NONE", "nOnE", ""} {
		header := fmt.Sprintf(`{"alg":%q,"typ":"JWT"}`, none)
		tokens = append(tokens,
			secret{"algorithm " + none + " without a signature", a.forge(header, nil, nil)},
			secret{"algorithm " + none + " with one", a.forge(header, nil, a.issuer.sign)})
	}
	a.denyAll(tokens)
}

// respelled returns a token whose last character has bits that decoders ignore.
func respelled(token string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, token[len(token)-1])
	return token[:len(token)-1] + string(alphabet[last^1])
}

func keyTricks(a *arena) {
	own, asked := newRSAKey(a.T), &atomic.Int64{}
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		fmt.Fprint(w, keySet(own))
	}))
	defer evil.Close()
	began := time.Now()
	tokens := []secret{
		{"the attacker's key by the name of the issuer's", a.forge(`{"alg":"RS256","kid":"key-1"}`, nil, withRSA(own))},
		{"the issuer's key by the name of another", a.forge(`{"alg":"RS256","kid":"key-2"}`, nil, a.issuer.sign)},
		{"a name for a key of another kind", a.forge(`{"alg":"ES256","kid":"key-1"}`, nil, a.issuer.sign)},
		{"no name where there are two", a.forge(`{"alg":"RS256"}`, nil, a.issuer.sign)},
		{"a name that is a number", a.forge(`{"alg":"RS256","kid":1}`, nil, a.issuer.sign)},
		{"a name that is a list", a.forge(`{"alg":"RS256","kid":["key-1"]}`, nil, a.issuer.sign)},
		{"a key set of the attacker's", a.forge(`{"alg":"RS256","kid":"key-1","jku":"`+evil.URL+`"}`, nil, withRSA(own))},
		{"a certificate of the attacker's", a.forge(`{"alg":"RS256","kid":"key-1","x5u":"`+evil.URL+`"}`, nil, withRSA(own))},
		{"a file as a secret", a.forge(`{"alg":"HS256","kid":"../../../../dev/null"}`, nil, withSecret(nil))},
		{"a file as a key", a.forge(`{"alg":"RS256","kid":"/etc/hostname"}`, nil, withRSA(own))},
		{"a query as a name", a.forge(`{"alg":"HS256","kid":"x' UNION SELECT 'secret';--"}`, nil, withSecret([]byte("secret")))},
		{"an address as a name", a.forge(`{"alg":"RS256","kid":"`+evil.URL+`"}`, nil, withRSA(own))},
	}
	for i := range many(20, 200) {
		tokens = append(tokens, secret{"a made-up name", a.forge(fmt.Sprintf(`{"alg":"RS256","kid":"none-%d"}`, i), nil, withRSA(own))})
	}
	a.denyAll(tokens)
	if asked.Load() > 0 {
		a.Error("the server asked the attacker for keys")
	}
	// Once when it was first needed, and then at most every ten seconds.
	if got, most := a.issuer.fetched.Load(), 2+int64(time.Since(began)/(10*time.Second))+1; got > most {
		a.Errorf("made-up names had the server ask the issuer %d times, more than %d", got, most)
	}
}

func staleTokens(a *arena) {
	soon, past := time.Now().Add(time.Hour).Unix(), time.Now().Add(-time.Second).Unix()
	tests := []struct {
		what   string
		claims map[string]any
	}{
		{"expired", map[string]any{"exp": past}},
		{"expired long ago", map[string]any{"exp": 1}},
		{"expired before there was time", map[string]any{"exp": -soon}},
		{"without an end", map[string]any{"exp": nil}},
		{"with an end that is a text", map[string]any{"exp": "never"}},
		{"not valid yet", map[string]any{"nbf": soon}},
		{"of the future", map[string]any{"iat": soon}},
		{"for somebody else", map[string]any{"aud": "other"}},
		{"for several others", map[string]any{"aud": []string{"other", "gfws.example"}}},
		{"for nobody", map[string]any{"aud": nil}},
		{"for an object", map[string]any{"aud": map[string]any{"gfws": true}}},
		{"of another issuer", map[string]any{"iss": "https://issuer.example.evil.example"}},
		{"of no issuer", map[string]any{"iss": nil}},
		{"without a user", map[string]any{"sub": ""}},
		{"with a user that is a list", map[string]any{"sub": []string{"root"}}},
	}
	var tokens []secret
	for _, test := range tests {
		tokens = append(tokens, secret{"a token " + test.what, a.issue(test.claims)})
	}
	a.denyAll(tokens)
}
