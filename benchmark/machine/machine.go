// Package machine asks and tells the operating system what a benchmark needs:
// the CPU time and memory of another process, the cores to run on, and how many
// files may be open. Only Linux can do all of it.
package machine

import "errors"

// ErrUnsupported is returned on systems other than Linux.
var ErrUnsupported = errors.New("the benchmark measures through /proc and epoll, which only Linux has")

// Description tells what the benchmark ran on.
type Description struct {
	CPU    string // the model's name
	Cores  int    // that this process may use
	Memory string
	Kernel string
}
