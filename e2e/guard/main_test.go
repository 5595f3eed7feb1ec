package guard

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"
)

// hostVariable names the environment variable with the path of the built host.
const hostVariable = "GFWS_TEST_HOST"

// TestMain builds the host.
func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "gfws-host-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	path := filepath.Join(folder, "host")
	build := exec.Command("go", "build", "-o", path, "./host")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err = build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build the host:", err)
		os.Exit(1)
	}
	_ = os.Setenv(hostVariable, path)
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(folder)
		os.Exit(code)
	}))
}
