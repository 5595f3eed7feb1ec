// Package packed holds the page and the client for other pages, each packed by
// `gf pack` into a file of its own.
//
// They are embedded as files and unpacked into a resource manager of their own,
// since what `gf pack` writes as Go code enters the process-wide gres, where a
// host's file server would serve it unasked.
package packed

import (
	_ "embed"
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/gres"
)

const (
	// Prefix is where all files are in [Files].
	Prefix = "gfws"
	// Client is where those of the client are.
	Client = Prefix + "/js/client"
)

var (
	//go:embed public.data
	page string
	//go:embed client.data
	client string
)

// Files returns the packed files, unpacked at the first call. It is safe for
// concurrent use.
var Files = sync.OnceValues(func() (*gres.Resource, error) {
	files := gres.New()
	for _, data := range []string{page, client} {
		if err := files.Add(data); err != nil {
			return nil, gerror.WrapCode(gcode.CodeInternalError, err, "packed files cannot be unpacked")
		}
	}
	return files, nil
})
