package browser_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// pythonVariable names the environment variable with the path of a Python that
// has websockets.
const pythonVariable = "GFWS_PYTHON"

// startNode runs a script of testdata in Node and returns the address it prints.
func startNode(t *testing.T, script string, args ...string) string {
	t.Helper()
	return startPeer(t, exec.Command("node", append([]string{"testdata/" + script}, args...)...))
}

// startPython does the same in Python.
func startPython(t *testing.T, script string) string {
	t.Helper()
	python := os.Getenv(pythonVariable)
	if python == "" {
		python = "python3"
	}
	return startPeer(t, exec.Command(python, "testdata/"+script))
}

// startPeer starts a server no one here wrote, which ends with the test.
func startPeer(t *testing.T, command *exec.Cmd) string {
	t.Helper()
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatalf("start %s: run `make peers`: %v", command, err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	address, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatalf("%s says no address: run `make peers`: %v", command, err)
	}
	return strings.TrimSpace(address)
}
