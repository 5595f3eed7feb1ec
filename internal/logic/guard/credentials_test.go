package guard

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// TestTokensAreHidden holds that nothing of a token is left in what is kept,
// agreed on or logged, whether the request is let in or not.
func TestTokensAreHidden(t *testing.T) {
	for _, c := range []struct {
		name, query, protocols, origin string
		wantQuery, wantProtocols       string
	}{
		{"nothing to hide", "a=1&b", "v1, v2", "", "a=1&b", "v1, v2"},
		{"query", "a=1&access_token=of-1&b", "", "", "a=1&b", ""},
		{"query alone", "access_token=of-1", "", "", "", ""},
		{"query twice", "access_token=of-1&access_token=of-2&a", "", "", "a", ""},
		{"name with escapes", "%61ccess_token=of-1&a", "", "", "a", ""},
		{"without a value", "access_token&a", "", "", "a", ""},
		{"protocol", "", "v1, bearer.of-1,v2", "", "", "v1, v2"},
		{"protocol alone", "", "bearer.of-1", "", "", ""},
		{"refused for its origin", "access_token=of-1&a", "bearer.of-1, v1", "https://evil.com", "a", "v1"},
		{"refused for its token", "access_token=bad&a", "v1", "", "a", "v1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := withHeader(c.query)
			if c.protocols != "" {
				r.Header.Set("Sec-Websocket-Protocol", c.protocols)
			}
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			policy := &model.Policy{Auth: allMethods()}
			_, _ = (&sGuard{}).CheckHandshake(model.HandshakeInput{Request: r, Policy: policy})
			if r.URL.RawQuery != c.wantQuery || r.Header.Get("Sec-Websocket-Protocol") != c.wantProtocols {
				t.Errorf("left %q and %q", r.URL.RawQuery, r.Header.Get("Sec-Websocket-Protocol"))
			}
			if kept := ws.HandshakeOf(r.Request); strings.Contains(kept.RawQuery, "of-") {
				t.Errorf("kept %+v", kept)
			}
		})
	}
}

// TestNothingIsHiddenWithoutAuthentication leaves the host's own parameters.
func TestNothingIsHiddenWithoutAuthentication(t *testing.T) {
	r := withHeader("access_token=x", "Sec-Websocket-Protocol", "bearer.x")
	if _, err := (&sGuard{}).CheckHandshake(model.HandshakeInput{Request: r, Policy: &model.Policy{}}); err != nil {
		t.Fatal(err)
	}
	if r.URL.RawQuery != "access_token=x" || r.Header.Get("Sec-Websocket-Protocol") != "bearer.x" {
		t.Errorf("left %q and %v", r.URL.RawQuery, r.Header)
	}
}

// FuzzQueryTokens holds that what is hidden is all there was, and that nothing
// else is touched.
func FuzzQueryTokens(f *testing.F) {
	for _, seed := range []string{"", "&", "=", "access_token=x", "a&access_token=%zz&b", "access%5Ftoken=1&access_token", "%", "a=access_token", "access_token=a;b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		rest := withoutTokens(query)
		if left := queryTokens(rest); len(left) > 0 {
			t.Fatalf("%q leaves %q, which has tokens", query, rest)
		}
		if values, err := url.ParseQuery(rest); err == nil && values.Has(tokenParameter) {
			t.Fatalf("%q leaves %q", query, rest)
		}
		if len(queryTokens(query)) == 0 && rest != query {
			t.Fatalf("%q became %q", query, rest)
		}
		before, err := url.ParseQuery(query)
		after, err2 := url.ParseQuery(rest)
		if err != nil || err2 != nil {
			return
		}
		before.Del(tokenParameter)
		if before.Encode() != after.Encode() {
			t.Fatalf("%q became %q", query, rest)
		}
	})
}

// FuzzProtocolTokens holds the same of subprotocols.
func FuzzProtocolTokens(f *testing.F) {
	for _, seed := range []string{"", ",", "bearer.x", "v1, bearer.x", "bearer.,bearer.", " \tbearer.a\t,v1", "Bearer.x", "bearer", "\x00,\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		tokens, rest := protocolTokens([]string{line}), protocolsWithoutTokens([]string{line})
		if left := protocolTokens(rest); len(left) > 0 {
			t.Fatalf("%q leaves %q", line, rest)
		}
		joined := strings.Join(rest, ", ")
		if again := protocolsWithoutTokens([]string{joined}); !slices.Equal(again, rest) {
			t.Fatalf("%q became %q, which becomes %q", line, rest, again)
		}
		for _, token := range tokens {
			if !strings.Contains(line, tokenProtocol+token) {
				t.Fatalf("%q has no token %q", line, token)
			}
		}
	})
}

// FuzzBearerToken holds that a token is what stands in one header, and nothing
// with a space at its ends.
func FuzzBearerToken(f *testing.F) {
	for _, seed := range []string{"", "Bearer", "Bearer ", "Bearer x", "bearer  x y ", "Basic x", "Bearer\tx", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		token, err := bearerToken([]string{value})
		if token != strings.Trim(token, " ") || err != nil && token != "" || !strings.HasSuffix(strings.TrimRight(value, " "), token) {
			t.Fatalf("%q gives %q, %v", value, token, err)
		}
		if token == "" {
			return
		}
		if twice, err := bearerToken([]string{value, value}); err == nil || twice != "" {
			t.Fatalf("%q twice gives %q", value, twice)
		}
	})
}

// FuzzParseAuthCall holds that only a call of auth is taken for one.
func FuzzParseAuthCall(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"auth","params":{"token":"x"}}`, `{"jsonrpc":"2.0","method":"auth"}`, `["auth"]`, `"auth"`,
		`{"jsonrpc":"2.0","id":1,"method":"auth","params":["x"]}`, `{"jsonrpc":"2.0","id":1,"result":"auth"}`, `{"method":"auth","token":1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		call, ok := parseAuthCall(ws.Message{Type: ws.Text, Data: data})
		if !ok && (call.id != nil || call.token != "") {
			t.Fatalf("%q gives %+v and is none", data, call)
		}
		if ok && !strings.Contains(string(data), `"auth"`) {
			t.Fatalf("%q was taken for a call", data)
		}
		if _, ok = parseAuthCall(ws.Message{Type: ws.Binary, Data: data}); ok {
			t.Fatal("a binary message was taken for a call")
		}
	})
}
