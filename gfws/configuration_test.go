package gfws_test

import (
	"context"
	"strings"
	"testing"
)

// withConfiguration gives the process another configuration until the test ends.
func withConfiguration(t *testing.T, yaml string) {
	t.Helper()
	setConfiguration(yaml)
	t.Cleanup(func() { setConfiguration("") })
}

// expectKey holds that err names the key which is at fault.
func expectKey(t *testing.T, err error, key string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), key+":") {
		t.Errorf("got %v, want an error that names %s", err, key)
	}
}

// brokenAdapter is a configuration that is not there, or that cannot be read.
type brokenAdapter struct{ err error }

func (a brokenAdapter) Available(context.Context, ...string) bool    { return a.err != nil }
func (a brokenAdapter) Get(context.Context, string) (any, error)     { return nil, a.err }
func (a brokenAdapter) Data(context.Context) (map[string]any, error) { return nil, a.err }
