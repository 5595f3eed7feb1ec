package cmd

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/os/gcfg"
)

func TestCheckServerNode(t *testing.T) {
	for _, c := range []struct{ config, key string }{
		{"{}", ""},
		{`{"server":{"readTimeout":"30s","idleTimeout":"1m","sessionMaxAge":"24h"}}`, ""},
		{`{"server":{"cookieMaxAge":0}}`, ""},
		{`{"server":{"readTimeout":30}}`, "server.readTimeout"},
		{`{"server":{"writeTimeout":"30"}}`, "server.writeTimeout"},
		{`{"server":{"idleTimeout":"soon"}}`, "server.idleTimeout"},
		{`{"server":{"sessionCookieMaxAge":1.5}}`, "server.sessionCookieMaxAge"},
		{`{"server":{"logLevel":"loud"}}`, "server.logLevel"},
		{`{"logger":{"level":"loud"}}`, "logger.level"},
		{`{"logger":{"websocket":{"level":"loud"}}}`, "logger.websocket.level"},
		{`{"logger":{"websocket":{"level":"WARN","stdout":false}}}`, ""},
		{`{"logger":{"websocket":5}}`, "logger.websocket"},
	} {
		configure(t, c.config)
		err := checkGfNodes(context.Background())
		if (err == nil) != (c.key == "") || err != nil && !strings.HasPrefix(err.Error(), c.key+":") {
			t.Errorf("%s: got %v, want an error that names %q", c.config, err, c.key)
		}
	}
}

// failing is a configuration that is there and cannot be read.
type failing struct{ gcfg.Adapter }

var errUnreadable = errors.New("line 3: found a tab")

func (failing) Available(context.Context, ...string) bool { return true }
func (failing) Get(context.Context, string) (any, error)  { return nil, errUnreadable }

// TestUnreadableConfiguration ends the start instead of passing for an empty one.
func TestUnreadableConfiguration(t *testing.T) {
	configure(t, "{}")
	gcfg.Instance().SetAdapter(failing{})
	if err := checkGfNodes(context.Background()); !errors.Is(err, errUnreadable) {
		t.Errorf("got %v", err)
	}
	if _, err := newListen(context.Background(), parse(t, "")); !errors.Is(err, errUnreadable) {
		t.Errorf("got %v", err)
	}
}
