package client_test

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	// What GoFrame's packages started when they were loaded stays.
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
}
