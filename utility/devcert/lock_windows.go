package devcert

import (
	"errors"
	"syscall"
)

// errSharingViolation is ERROR_SHARING_VIOLATION: somebody else has the file open.
const errSharingViolation = syscall.Errno(32)

// tryLock opens the file so that nobody else can, or reports that somebody else has it.
func tryLock(path string) (release func(), busy bool, err error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, false, err
	}
	const shareWithNobody = 0
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, shareWithNobody,
		nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err == nil {
		return func() { _ = syscall.CloseHandle(handle) }, false, nil
	}
	if errors.Is(err, errSharingViolation) {
		return nil, true, nil
	}
	return nil, false, err
}
