// Package browser_test opens the page of the built binary in a real Chromium
// and uses it as people do: with mouse and keyboard.
package browser_test

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// gf's logger brings these two, for the life of the process.
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/util/grand.asyncProducingRandomBufferBytesLoop"),
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/os/gtimer.(*Timer).loop"),
	)
}
