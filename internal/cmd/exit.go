package cmd

import "errors"

// The exit codes of the executable.
const (
	ExitOK      = 0 // all went well
	ExitFailure = 1 // anything without a code of its own
	ExitUsage   = 2 // the command line makes no sense
)

// ExitError is an error that says with which code the process ends.
type ExitError struct {
	Code int
	Err  error
}

// Error implements error.
func (e *ExitError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *ExitError) Unwrap() error { return e.Err }

// ExitCode returns the code that err asks for: 0 for nil, 1 for an error that
// asks for none.
func ExitCode(err error) int {
	var exit *ExitError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &exit):
		return exit.Code
	default:
		return ExitFailure
	}
}
