package conformance_test

import (
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/gcfg"
	"go.uber.org/goleak"
)

// TestMain keeps GoFrame from looking for a configuration, which it then watches.
func TestMain(m *testing.M) {
	nothing, err := gcfg.NewAdapterContent("{}")
	if err != nil {
		panic(err)
	}
	g.Cfg().SetAdapter(nothing)
	goleak.VerifyTestMain(m,
		// GoFrame starts these when it is imported, for the life of the process.
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/util/grand.asyncProducingRandomBufferBytesLoop"),
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/os/gtimer.(*Timer).loop"),
	)
}
