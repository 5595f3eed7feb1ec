package devcert

import (
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

const (
	// lockWait bounds the wait for another process, which holds the lock for milliseconds.
	lockWait = 10 * time.Second
	// lockRetry is the time between two tries, since the systems share no call that waits with a deadline.
	lockRetry = 10 * time.Millisecond
)

// lock waits until no other process or goroutine holds the file and returns what gives it back.
// The system gives it back too when the process ends in any way. The file itself stays.
func lock(path string) (unlock func(), err error) {
	deadline := time.Now().Add(lockWait)
	for {
		release, busy, err := tryLock(path)
		if err != nil {
			return nil, gerror.WrapCodef(gcode.CodeOperationFailed, err, "development certificate: lock %s", path)
		}
		if !busy {
			return release, nil
		}
		if time.Now().After(deadline) {
			return nil, gerror.NewCodef(gcode.CodeOperationFailed,
				"development certificate: another process has held %s for %s", path, lockWait)
		}
		time.Sleep(lockRetry)
	}
}
