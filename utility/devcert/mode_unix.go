//go:build unix

package devcert

import "os"

// accessibleByOthers reports whether anybody but the owner can do anything with a file of this mode.
func accessibleByOthers(mode os.FileMode) bool { return mode.Perm()&0o077 != 0 }

// writableByOthers reports whether anybody but the owner can write to a file of this mode.
func writableByOthers(mode os.FileMode) bool { return mode.Perm()&0o022 != 0 }
