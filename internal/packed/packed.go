// Package packed holds the page, packed by `gf pack` into public.data.
//
// It is embedded as a file and unpacked into a resource manager of its own,
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

// Prefix is where the files of the page are in [Public].
const Prefix = "gfws"

//go:embed public.data
var data string

// Public returns the packed files, unpacked at the first call. It is safe for
// concurrent use.
var Public = sync.OnceValues(func() (*gres.Resource, error) {
	resource := gres.New()
	if err := resource.Add(data); err != nil {
		return nil, gerror.WrapCode(gcode.CodeInternalError, err, "packed page cannot be unpacked")
	}
	return resource, nil
})
