//go:build !linux

package machine

import (
	"os/exec"
	"time"
)

// Check returns ErrUnsupported.
func Check() error { return ErrUnsupported }

// CPUTime returns ErrUnsupported.
func CPUTime(int) (time.Duration, error) { return 0, ErrUnsupported }

// Resident returns ErrUnsupported.
func Resident(int) (int64, error) { return 0, ErrUnsupported }

// Cores returns ErrUnsupported.
func Cores() ([]int, error) { return nil, ErrUnsupported }

// StartOn returns ErrUnsupported.
func StartOn(int, *exec.Cmd) error { return ErrUnsupported }

// RaiseOpenFiles returns ErrUnsupported.
func RaiseOpenFiles(int) error { return ErrUnsupported }

// Describe returns the zero value.
func Describe() Description { return Description{} }
