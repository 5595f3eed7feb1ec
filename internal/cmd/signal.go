package cmd

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/gogf/gf/v2/os/gproc"
)

// exitInterrupted is what shells show for a process that Ctrl-C ended.
const exitInterrupted = 130

// watchSignals ends the process at the second signal. ghttp handles the first,
// which drains, and ignores the rest; but it listens from ghttp.Wait on only, so
// gproc is made to keep one that comes while the server starts.
func watchSignals() {
	gproc.AddSigHandlerShutdown(func(os.Signal) {})
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		fmt.Fprintln(os.Stderr, "closing the connections; a second signal ends at once")
		<-signals
		os.Exit(exitInterrupted)
	}()
}
