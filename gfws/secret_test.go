package gfws_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/util/gutil"

	"github.com/gfws/gf-websocket/gfws"
)

// TestSecretIsNotShown prints a configuration in every way.
func TestSecretIsNotShown(t *testing.T) {
	config := gfws.DefaultConfig()
	config.Auth.JWT.Secret = "open sesame"
	config.Signature.Keys = []gfws.Secret{"open the sesame of devices"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if text := fmt.Sprintf(verb, config); strings.Contains(text, "sesame") {
			t.Errorf("%s shows %s", verb, text)
		}
	}
	if text, err := config.Auth.JWT.Secret.MarshalText(); err != nil || strings.Contains(string(text), "sesame") {
		t.Errorf("encoded as %s, %v", text, err)
	}
	plugin := gfws.New(gfws.Configure(func(c *gfws.Config) {
		c.Auth.Methods = []string{"bearer"}
		c.Auth.JWT.Algorithms, c.Auth.JWT.Secret = []string{"HS256"}, "open sesame of at least 32 bytes or so"
		c.Push.Token, c.Signature.Keys = "open the sesame of pushes", config.Signature.Keys
	}))
	startHost(t, plugin)
	var dumped bytes.Buffer
	gutil.DumpTo(&dumped, plugin.Config(), gutil.DumpOption{WithType: true})
	if text := dumped.String(); strings.Contains(text, "sesame") || strings.Count(text, "(secret)") != 3 {
		t.Errorf("dumped as %s", text)
	}
	if config.Signature.Keys[0] != "open the sesame of devices" {
		t.Error("the host's own keys were changed")
	}
	if gfws.Secret("").String() != "" {
		t.Error("no secret is shown as one")
	}
}

// TestShownSecretsAreRefused makes an instance from what another one shows, and
// is told of each secret that did not come along.
func TestShownSecretsAreRefused(t *testing.T) {
	plugin := gfws.New(gfws.Configure(func(c *gfws.Config) {
		c.Auth.Methods = []string{"bearer"}
		c.Auth.JWT.Algorithms, c.Auth.JWT.Secret = []string{"HS256"}, "open sesame of at least 32 bytes or so"
		c.Push.Token, c.Signature.Keys = "open the sesame of pushes", []gfws.Secret{"open the sesame of devices"}
	}))
	startHost(t, plugin)
	shown := plugin.Config()
	err := gfws.New(gfws.Configure(func(c *gfws.Config) { *c = shown })).Check()
	for _, key := range []string{"auth.jwt.secret", "push.token", "signature.keys"} {
		if err == nil || strings.Count(err.Error(), "websocket."+key+": ") != 1 {
			t.Errorf("%v does not name %s once", err, key)
		}
	}
	whole := gfws.New(gfws.Configure(func(c *gfws.Config) {
		*c = shown
		c.Auth.JWT.Secret, c.Push.Token = "another secret of at least 32 bytes", "another token of pushes"
		c.Signature.Keys = []gfws.Secret{"another key of devices"}
	}))
	if err = whole.Check(); err != nil {
		t.Errorf("with its secrets: %v", err)
	}
}
