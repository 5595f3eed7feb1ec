package gfws_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// ecKeyFile writes the public half of a key on P-256, and returns its path.
func ecKeyFile(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	data, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key.pem")
	if err = os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: data}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// hs256 is a section jwt that is good.
const hs256 = `jwt: {algorithms: [HS256], secret: "0123456789abcdef0123456789abcdef"}`

// TestAuthContradictions holds that what cannot be, or would be open to
// everybody, stops the start with an error that names the keys.
func TestAuthContradictions(t *testing.T) {
	key := ecKeyFile(t)
	verify := gfws.VerifyToken(func(context.Context, string) (ws.Identity, error) { return ws.Identity{}, nil })
	for _, c := range []struct {
		node, key, hint string
		opts            []gfws.Option
	}{
		{`auth: {methods: [basic]}`, "auth.methods", "none of", nil},
		{`auth: {methods: [Bearer]}`, "auth.methods", "none of", nil},
		{`auth: {methods: [bearer, bearer], ` + hs256 + `}`, "auth.methods", "twice", nil},
		{`auth: {methods: bearer}`, "auth.methods", "list", nil},
		{`auth: {methods: [bearer]}`, "auth.methods", "auth.jwt", nil},
		{`auth: {methods: [session, first-message]}`, "auth.methods", "gfws.VerifyToken", nil},
		{`auth: {method: [bearer]}`, "auth.method", "unknown", nil},
		{`auth: {required: 1}`, "auth.required", "true or false", nil},
		{`auth: {timeout: 10}`, "auth.timeout", "unit", nil},
		{`auth: {timeout: off}`, "auth.timeout", "unit", nil},
		{`auth: {warning: 0}`, "auth.warning", `"off"`, nil},
		{`auth: {cookie: "a b"}`, "auth.cookie", "cookie", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [HS256]}}`, "auth.jwt", "give one", nil},
		{`auth: {methods: [bearer], jwt: {secret: "0123456789abcdef0123456789abcdef"}}`, "auth.jwt.secret", "is empty", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [none], secret: "0123456789abcdef0123456789abcdef"}}`, "auth.jwt.secret", `"none" is not taken`, nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [HS256], secret: "short"}}`, "auth.jwt.secret", "5 bytes", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [HS512], secret: "0123456789abcdef0123456789abcdef"}}`, "auth.jwt.secret", "at least 64", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [HS256, RS256], secret: "0123456789abcdef0123456789abcdef"}}`, "auth.jwt.secret", "RS256", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [HS256], secret: 1234}}`, "auth.jwt.secret", "quotes", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [ES256, RS256], publicKeyFile: "` + key + `"}}`, "auth.jwt.publicKeyFile", "RS256", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [ES256, HS256], publicKeyFile: "` + key + `"}}`, "auth.jwt.publicKeyFile", "HS256", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [ES256], publicKeyFile: "/not/there.pem"}}`, "auth.jwt.publicKeyFile", "cannot be read", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [ES256], jwksFile: "/not/there.json"}}`, "auth.jwt.jwksFile", "cannot be opened", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [RS256], jwksUrl: "http://issuer.example.com/keys"}}`, "auth.jwt.jwksUrl", "https", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [HS256], jwksUrl: "https://issuer.example.com/keys"}}`, "auth.jwt.jwksUrl", "secret", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [ES256], publicKeyFile: "` + key + `", jwksUrl: "https://issuer.example.com/keys"}}`, "auth.jwt", "together", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [RS256], jwksUrl: "https://issuer.example.com/keys", refresh: 0}}`, "auth.jwt.refresh", "unit", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [RS256], jwksUrl: "https://issuer.example.com/keys", refresh: 9999ms}}`, "auth.jwt.refresh", "10s", nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [HS256], secret: "0123456789abcdef0123456789abcdef", audience: [chat, ""]}}`, "auth.jwt.audience", "nobody", nil},
		{`auth: {jwt: {issuer: "https://issuer.example.com"}}`, "auth.jwt", "no method", nil},
		{`auth: {methods: [session], jwt: {audience: [chat]}}`, "auth.jwt", "no method", nil},
		{`auth: {methods: [bearer], jwt: {issuer: "https://issuer.example.com"}}`, "auth.jwt", "give one", nil},
		{`auth: {methods: [bearer], jwt: {issuer: "https://issuer.example.com"}}`, "auth.jwt", "give one", []gfws.Option{verify}},
		{`auth: {cookie: ""}`, "auth.cookie", "means nothing", nil},
		{`auth: {session: ""}`, "auth.session", `"user"`, nil},
		{`auth: {jwt: {userClaim: ""}}`, "auth.jwt.userClaim", `"sub"`, nil},
		{`auth: {methods: [bearer], jwt: {algorithms: [RS256], jwksUrl: "https://issuer.example.com/keys", leeway: 0}}`, "auth.jwt.leeway", `"off"`, nil},
		{`auth: {methods: [session], ` + hs256 + `}`, "auth.jwt", "no method", nil},
		{`auth: {` + hs256 + `}`, "auth.jwt", "no method", nil},
		{`auth: {methods: [bearer], ` + hs256 + `}`, "auth.jwt", "gfws.VerifyToken", []gfws.Option{verify}},
		{`auth: {methods: [session]}`, "auth.methods", "gfws.VerifyToken", []gfws.Option{verify}},
		{`auth: {methods: [subprotocol], ` + hs256 + `}`, "auth.methods", "subprotocols", nil},
		{"subprotocols: [v1, bearer.v1]\nauth: {methods: [subprotocol], " + hs256 + `}`, "subprotocols", "auth.methods", nil},
		{"origin: {allow: [any]}\nauth: {methods: [cookie], " + hs256 + `}`, "origin.allow", `auth.methods "cookie"`, nil},
		{"origin: {allow: [ANY]}\nauth: {methods: [bearer, cookie], " + hs256 + `}`, "origin.allow", `auth.methods "cookie"`, nil},
		{"origin: {allow: [any]}\nauth: {methods: [session]}", "origin.allow", `auth.methods "session"`, nil},
		{"origin: {allow: [\"null\", \"https://a.example\"]}\nauth: {methods: [session]}", "origin.allow", `auth.methods "session"`, nil},
	} {
		err := checkNode(t, c.node, c.opts...)
		expectKey(t, err, "websocket."+c.key)
		if err != nil && !strings.Contains(err.Error(), c.hint) {
			t.Errorf("%s: %v, want it to say %q", c.node, err, c.hint)
		}
		if err != nil && strings.Contains(err.Error(), "0123456789abcdef") {
			t.Errorf("%v tells the secret", err)
		}
	}
}

// TestAuthIsTaken holds that what makes sense is not refused.
func TestAuthIsTaken(t *testing.T) {
	key := ecKeyFile(t)
	for _, node := range []string{
		`auth: {methods: []}`,
		`auth: {methods: [bearer, query, first-message], ` + hs256 + `}`,
		"subprotocols: [v1]\nauth: {methods: [subprotocol], " + hs256 + `}`,
		"origin: {allow: [any]}\nauth: {methods: [bearer, first-message], " + hs256 + `}`,
		"origin: {allow: [\"https://a.example\"]}\nauth: {methods: [cookie, session], " + hs256 + `}`,
		`auth: {methods: [bearer], jwt: {algorithms: [ES256], publicKeyFile: "` + key + `"}}`,
		`auth: {methods: [bearer], jwt: {algorithms: [RS256, ES256, EdDSA], jwksUrl: "https://issuer.example.com/keys"}}`,
		`auth: {methods: [bearer], jwt: {algorithms: [RS256], jwksUrl: "http://127.0.0.1:9/keys"}}`,
		`auth: {methods: [session], warning: off}`,
		`auth: {jwt: {issuer: "", audience: [], publicKeyFile: "", jwksFile: "", jwksUrl: "", secret: ""}}`,
		`auth: {methods: [bearer], jwt: {algorithms: [RS256], jwksUrl: "https://issuer.example.com/keys", refresh: 10s}}`,
	} {
		if err := checkNode(t, node); err != nil {
			t.Errorf("%s: %v", node, err)
		}
	}
	find := gfws.Authenticate(func(*ghttp.Request) (ws.Identity, error) { return ws.Identity{}, nil })
	if err := checkNode(t, `auth: {methods: [session]}`, find); err != nil {
		t.Error(err)
	}
}

// TestAuthZerosAreDefaults holds that a configuration of the host's own making
// is a safe one.
func TestAuthZerosAreDefaults(t *testing.T) {
	withConfiguration(t, "")
	config := configOf(t, gfws.Configure(func(c *gfws.Config) { c.Auth = gfws.AuthConfig{} }))
	if config.Auth.Timeout != 10*time.Second || config.Auth.Warning != 30*time.Second || config.Auth.JWT.UserClaim != "sub" || config.Auth.JWT.Leeway != 30*time.Second {
		t.Errorf("became %+v", config.Auth)
	}
	for key, change := range map[string]func(c *gfws.AuthConfig){
		"auth.timeout":     func(c *gfws.AuthConfig) { c.Timeout = gfws.Off },
		"auth.warning":     func(c *gfws.AuthConfig) { c.Warning = -2 },
		"auth.jwt.leeway":  func(c *gfws.AuthConfig) { c.JWT.Leeway = -2 },
		"auth.jwt.refresh": func(c *gfws.AuthConfig) { c.JWT.Refresh = -1 },
	} {
		expectKey(t, gfws.New(gfws.Configure(func(c *gfws.Config) { change(&c.Auth) })).Check(), "websocket."+key)
	}
}
