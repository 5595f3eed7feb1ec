//go:build !linux

package load

import (
	"io"

	"github.com/gfws/gf-websocket/benchmark/machine"
)

// Run returns [machine.ErrUnsupported].
func Run(Spec, func() error, io.Reader) (Result, error) {
	return Result{}, machine.ErrUnsupported
}
