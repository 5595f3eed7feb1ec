// Package browser_test opens the page of the built binary in a real Chromium
// and uses it as people do: with mouse and keyboard.
package browser_test

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
