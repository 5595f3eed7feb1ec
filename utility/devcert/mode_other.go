//go:build !unix

package devcert

import "os"

// accessibleByOthers is false: the mode bits say nothing about access rights here.
func accessibleByOthers(os.FileMode) bool { return false }

// writableByOthers is false: the mode bits say nothing about access rights here.
func writableByOthers(os.FileMode) bool { return false }
