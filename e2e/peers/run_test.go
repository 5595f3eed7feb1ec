package peers

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

// run runs the binary to its end in an empty folder, with a home and a cache of its own and
// the added environment, and returns what it printed. It fails if the binary does not end.
func run(t testing.TB, environment []string, args ...string) (output string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, server.Binary(t), args...)
	command.Dir = t.TempDir()
	home := t.TempDir()
	command.Env = append(withoutConfiguration(os.Environ()), "HOME="+home, "XDG_CACHE_HOME="+home)
	command.Env = append(command.Env, environment...)
	printed, err := command.CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("%s has not ended after %v:\n%s", strings.Join(args, " "), patience, printed)
	}
	return string(printed), err
}

// withoutConfiguration drops what would configure gf from the caller's environment.
func withoutConfiguration(environment []string) []string {
	return slices.DeleteFunc(environment, func(entry string) bool { return strings.HasPrefix(entry, "GF_") })
}
