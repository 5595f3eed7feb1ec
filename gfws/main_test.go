package gfws_test

import (
	"os"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/gcfg"
	"go.uber.org/goleak"
)

// TestMain runs the tests, or a host of its own where a test has started this
// binary again as one. The tests begin without any configuration, wherever they
// run.
func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		os.Exit(runRole(role))
	}
	setConfiguration("")
	g.Log("websocket").SetWriter(commonLog)
	goleak.VerifyTestMain(m,
		// GoFrame starts these when it is imported, for the life of the process.
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/util/grand.asyncProducingRandomBufferBytesLoop"),
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/os/gtimer.(*Timer).loop"),
	)
}

// setConfiguration replaces the configuration of the process.
func setConfiguration(yaml string) {
	if yaml == "" {
		yaml = "{}"
	}
	adapter, err := gcfg.NewAdapterContent(yaml)
	if err != nil {
		panic(err)
	}
	g.Cfg().SetAdapter(adapter)
}
