package cmd

import (
	"errors"
	"fmt"
	"testing"
)

func TestExitCode(t *testing.T) {
	usage := &ExitError{Code: ExitUsage, Err: errors.New("what?")}
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, ExitOK},
		{errors.New("any"), ExitFailure},
		{usage, ExitUsage},
		{fmt.Errorf("outer: %w", usage), ExitUsage},
		{errors.Join(errors.New("first"), usage), ExitUsage},
	} {
		if got := ExitCode(c.err); got != c.want {
			t.Errorf("%v ends with %d, want %d", c.err, got, c.want)
		}
	}
	if usage.Error() != "what?" || !errors.Is(usage, usage.Err) {
		t.Error("the cause is lost")
	}
}
