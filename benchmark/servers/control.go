package servers

import (
	"bufio"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

const (
	// Collect is the command that frees all that is garbage.
	Collect = "gc"
	// Collected answers it.
	Collected = "collected"
)

// control obeys one command a line.
func control(commands io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(commands)
	for lines.Scan() {
		if lines.Text() != Collect {
			return fmt.Errorf("no such command: %q", lines.Text())
		}
		collect()
		if _, err := fmt.Fprintln(out, Collected); err != nil {
			return err
		}
	}
	return lines.Err()
}

// collect runs twice, since what a sync.Pool holds survives the first.
func collect() {
	runtime.GC()
	runtime.GC()
	debug.FreeOSMemory()
}
