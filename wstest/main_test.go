package wstest_test

import (
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/gcfg"
	"go.uber.org/goleak"
)

// TestMain runs the tests without any configuration, wherever they run: GoFrame
// would watch a file for the life of the process.
func TestMain(m *testing.M) {
	adapter, err := gcfg.NewAdapterContent("{}")
	if err != nil {
		panic(err)
	}
	g.Cfg().SetAdapter(adapter)
	goleak.VerifyTestMain(m,
		// GoFrame starts these when it is imported, for the life of the process.
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/util/grand.asyncProducingRandomBufferBytesLoop"),
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/os/gtimer.(*Timer).loop"),
	)
}
