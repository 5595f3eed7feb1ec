package gfws

import (
	"os"

	"github.com/gogf/gf/v2/os/gproc"
)

// handleSignals drains at a shutdown signal, where the host has asked for it.
// gproc runs the handlers in order and has no way to take one back; this one is
// registered before ghttp's own, and finds nothing to do once drained.
func (p *Plugin) handleSignals() {
	if !p.options.drainOnSignal {
		return
	}
	endpoint := p.endpoint
	gproc.AddSigHandlerShutdown(func(os.Signal) { p.leave(endpoint) })
}
