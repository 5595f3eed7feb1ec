//go:build unix

package gfws_test

import (
	"os"
	"syscall"

	"github.com/gogf/gf/v2/os/gproc"
)

// keepSignals makes gproc keep a signal that comes before ghttp listens for it,
// which would end the process.
func keepSignals() {
	gproc.AddSigHandler(func(os.Signal) {}, syscall.SIGTERM, syscall.SIGINT, syscall.SIGUSR1)
}
