package token

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/golang-jwt/jwt/v5"
)

// hmacVerifier takes HS256 for the audience and the issuer of claims.
func hmacVerifier(t testing.TB) *Verifier {
	t.Helper()
	algorithms := []string{"HS256"}
	keys, err := NewSecret(keysOfTests().secret, algorithms)
	if err != nil {
		t.Fatal(err)
	}
	return New(Options{
		Algorithms: algorithms, Keys: keys, Audience: []string{"other", "gfws"}, Issuer: "issuer",
		Leeway: 30 * time.Second, UserClaim: "sub",
	})
}

func TestVerify(t *testing.T) {
	own := keysOfTests()
	key := []byte(own.secret)
	good := sign(t, "HS256", "", key, claims(nil))
	head, body, signature := parts(good)
	in := func(d time.Duration) int64 { return time.Now().Add(d).Unix() }
	with := func(name string, value any) string {
		return sign(t, "HS256", "", key, claims(func(c jwt.MapClaims) { c[name] = value }))
	}
	without := func(name string) string {
		return sign(t, "HS256", "", key, claims(func(c jwt.MapClaims) { delete(c, name) }))
	}
	critical := jwt.NewWithClaims(jwt.SigningMethodHS256, claims(nil))
	critical.Header["crit"] = []string{"b64"}
	withCritical, err := critical.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, token, problem string }{
		{"good", good, ""},
		{"expired within the leeway", with("exp", in(-10*time.Second)), ""},
		{"number as the user", with("sub", 42), ""},
		{"one of the audiences", with("aud", []string{"x", "gfws"}), ""},
		{"unknown kid, one key", sign(t, "HS256", "x", key, claims(nil)), ""},

		{"empty", "", "not valid"},
		{"garbage", "garbage", "not valid"},
		{"dots", "..", "not valid"},
		{"too long", strings.Repeat("x", MaxSize+1), "too long"},
		{"expired", with("exp", in(-time.Minute)), "has expired"},
		{"no end", without("exp"), "lacks a claim"},
		{"not yet", with("nbf", in(time.Hour)), "not valid yet"},
		{"issued in the future", with("iat", in(time.Hour)), "not valid yet"},
		{"another audience", with("aud", "somebody"), "not for this server"},
		{"no audience", without("aud"), "lacks a claim"},
		{"another issuer", with("iss", "evil"), "not for this server"},
		{"no issuer", without("iss"), "lacks a claim"},
		{"no user", without("sub"), "names no user"},
		{"empty user", with("sub", ""), "names no user"},
		{"user of another type", with("sub", map[string]any{"a": 1}), "names no user"},
		{"another secret", sign(t, "HS256", "", []byte(strings.Repeat("x", 32)), claims(nil)), "not valid"},
		{"another algorithm", sign(t, "HS512", "", key, claims(nil)), "not valid"},
		{"signed by RSA", sign(t, "RS256", "", own.rsa, claims(nil)), "not valid"},
		{"none", sign(t, "none", "", jwt.UnsafeAllowNoneSignatureType, claims(nil)), "not valid"},
		{"none in another case", encode([]byte(`{"alg":"NONE"}`)) + "." + body + ".", "not valid"},
		{"none with a signature", encode([]byte(`{"alg":"none"}`)) + "." + body + "." + signature, "not valid"},
		{"no algorithm", encode([]byte(`{}`)) + "." + body + "." + signature, "not valid"},
		{"no signature", head + "." + body + ".", "not valid"},
		{"two parts", head + "." + body, "not valid"},
		{"four parts", good + ".x", "not valid"},
		{"signature cut", good[:len(good)-2], "not valid"},
		{"body changed", head + "." + encode([]byte(`{"sub":"1","exp":9999999999}`)) + "." + signature, "not valid"},
		{"padding", good + "=", "not valid"},
		{"space before", " " + good, "not valid"},
		{"critical extension", withCritical, "not valid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			identity, err := hmacVerifier(t).Verify(context.Background(), c.token)
			if c.problem == "" {
				if err != nil || identity.User != "42" || identity.Claims["iss"] != "issuer" {
					t.Fatalf("got %+v, %v", identity, err)
				}
				return
			}
			if err == nil || identity.Known() {
				t.Fatalf("taken as %+v", identity)
			}
			if gerror.Code(err) != gcode.CodeNotAuthorized || !strings.Contains(err.Error(), c.problem) {
				t.Errorf("got %v, want %q", err, c.problem)
			}
			if len(c.token) > 20 && strings.Contains(err.Error(), c.token[:20]) {
				t.Errorf("%v tells the token", err)
			}
		})
	}
}

// parts cuts a token at its dots.
func parts(token string) (head, body, signature string) {
	cut := strings.Split(token, ".")
	return cut[0], cut[1], cut[2]
}

// TestIdentityEndsWithTheLeeway holds that a token does not end before it is
// refused.
func TestIdentityEndsWithTheLeeway(t *testing.T) {
	end := time.Now().Add(time.Hour).Truncate(time.Second)
	token := sign(t, "HS256", "", []byte(keysOfTests().secret), claims(func(c jwt.MapClaims) { c["exp"] = end.Unix() }))
	identity, err := hmacVerifier(t).Verify(context.Background(), token)
	if err != nil || !identity.Expires.Equal(end.Add(30*time.Second)) {
		t.Errorf("ends at %v, %v, want %v", identity.Expires, err, end.Add(30*time.Second))
	}
}

// TestLargeNumbersSurvive holds that an id is not rounded.
func TestLargeNumbersSurvive(t *testing.T) {
	token := sign(t, "HS256", "", []byte(keysOfTests().secret), claims(func(c jwt.MapClaims) { c["sub"] = json.Number("9007199254740993") }))
	if identity, err := hmacVerifier(t).Verify(context.Background(), token); err != nil || identity.User != "9007199254740993" {
		t.Errorf("got %q, %v", identity.User, err)
	}
}

// TestAlgorithmsTakeTheirOwnKeys signs by each algorithm with each key that the
// issuer has, or that an attacker can have, such as the public key as a secret.
func TestAlgorithmsTakeTheirOwnKeys(t *testing.T) {
	own := keysOfTests()
	for _, public := range []struct {
		algorithm string
		key       any
		signer    any
	}{
		{"RS256", &own.rsa.PublicKey, own.rsa},
		{"PS512", &own.rsa.PublicKey, own.rsa},
		{"ES256", &own.p256.PublicKey, own.p256},
		{"ES384", &own.p384.PublicKey, own.p384},
		{"EdDSA", own.ed.Public(), own.ed},
	} {
		t.Run(public.algorithm, func(t *testing.T) {
			path := pemFile(t, public.key)
			keys, err := NewFile(path, []string{public.algorithm})
			if err != nil {
				t.Fatal(err)
			}
			pemText := readFile(t, path)
			// An operator who lists HS beside it is refused at the start, so the
			// check of the algorithm alone is what stands here.
			v := New(Options{Algorithms: append(Algorithms(), "none"), Keys: keys, UserClaim: "sub"})
			if _, err = v.Verify(context.Background(), sign(t, public.algorithm, "", public.signer, claims(nil))); err != nil {
				t.Fatalf("its own token: %v", err)
			}
			for _, secret := range [][]byte{pemText, []byte(strings.TrimSpace(string(pemText))), own.secret, {}} {
				for _, algorithm := range []string{"HS256", "HS384", "HS512"} {
					if len(secret) == 0 {
						continue
					}
					if _, err = v.Verify(context.Background(), sign(t, algorithm, "", secret, claims(nil))); err == nil {
						t.Errorf("%s with the public key as the secret was taken", algorithm)
					}
				}
			}
			if _, err = v.Verify(context.Background(), sign(t, "none", "", jwt.UnsafeAllowNoneSignatureType, claims(nil))); err == nil {
				t.Error("none was taken")
			}
			for _, other := range []struct {
				algorithm string
				key       any
			}{{"RS256", own.rsa}, {"ES256", own.p256}, {"ES384", own.p384}, {"EdDSA", own.ed}} {
				if other.algorithm[:2] == public.algorithm[:2] || public.algorithm == "PS512" && other.algorithm == "RS256" {
					continue
				}
				if _, err = v.Verify(context.Background(), sign(t, other.algorithm, "", other.key, claims(nil))); err == nil {
					t.Errorf("%s was taken with a key of %s", other.algorithm, public.algorithm)
				}
			}
		})
	}
}

// FuzzVerify holds that no text but the good token, with whatever is around it,
// is taken, and that errors do not tell it.
func FuzzVerify(f *testing.F) {
	// The processes of a fuzzing run must agree on the good one.
	good := sign(f, "HS256", "", []byte(keysOfTests().secret), claims(func(c jwt.MapClaims) { c["exp"] = 1 << 40 }))
	head, body, signature := parts(good)
	for _, seed := range []string{"", ".", "..", good, good + "=", head + "." + body + ".", body + "." + head + "." + signature, `{"alg":"none"}`, "\x00.\xff."} {
		f.Add(seed)
	}
	v := hmacVerifier(f)
	f.Fuzz(func(t *testing.T, text string) {
		identity, err := v.Verify(context.Background(), text)
		if err == nil && text != good {
			t.Fatalf("%q was taken", text)
		}
		if err != nil && (identity.Known() || gerror.Code(err) != gcode.CodeNotAuthorized) {
			t.Fatalf("%q: got %+v, %v", text, identity, err)
		}
	})
}
