package devcert

import (
	"crypto/x509"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// tempPattern names files that are being written; one that stays behind is a crashed process's.
const tempPattern = ".devcert-*"

// replaceTries times lockRetry is far longer than anybody reads a file of a few hundred bytes.
const replaceTries = 100

// store is a directory that keeps one pair.
type store struct {
	dir string
	now func() time.Time
}

func (s store) certPath() string { return filepath.Join(s.dir, certName) }
func (s store) keyPath() string  { return filepath.Join(s.dir, keyName) }

// ensure looks before it locks, so a good pair is found in a directory that cannot be written, too.
func (s store) ensure() (Files, error) {
	if err := refuseShared(s.dir); err != nil {
		return Files{}, err
	}
	if leaf, fault := s.check(); fault == nil {
		return s.files(leaf), nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return Files{}, gerror.WrapCode(gcode.CodeOperationFailed, err, "development certificate directory")
	}
	unlock, err := lock(filepath.Join(s.dir, ".lock"))
	if err != nil {
		return Files{}, err
	}
	defer unlock()

	// Another process may have made the pair while this one waited for the lock.
	leaf, fault := s.check()
	if fault == nil {
		return s.files(leaf), nil
	}
	if fault.foreign {
		return Files{}, gerror.NewCodef(gcode.CodeInvalidParameter,
			"%s: %s; remove the file or name another directory", s.dir, fault.reason)
	}
	if leaf, err = s.make(); err != nil {
		return Files{}, err
	}
	made := s.files(leaf)
	made.Created, made.Reason = true, fault.reason
	return made, nil
}

func (s store) files(leaf *x509.Certificate) Files {
	return Files{CertPath: s.certPath(), KeyPath: s.keyPath(), Expires: leaf.NotAfter}
}

// make writes a new pair. The certificate goes first: if the process dies between the two,
// what is left is recognisable as a pair of its own and made anew.
func (s store) make() (*x509.Certificate, error) {
	s.sweep()
	made, err := generate(s.now())
	if err != nil {
		return nil, err
	}
	if err = s.write(s.certPath(), made.certPEM, 0o644); err != nil {
		return nil, err
	}
	if err = s.write(s.keyPath(), made.keyPEM, 0o600); err != nil {
		return nil, err
	}
	return made.leaf, nil
}

// write replaces a file in one step, so that no reader sees half of it.
func (s store) write(path string, content []byte, mode os.FileMode) error {
	temp, err := os.CreateTemp(s.dir, tempPattern)
	if err != nil {
		return gerror.WrapCodef(gcode.CodeOperationFailed, err, "development certificate: write %s", path)
	}
	if err = fill(temp, content, mode); err == nil {
		err = replace(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
		return gerror.WrapCodef(gcode.CodeOperationFailed, err, "development certificate: write %s", path)
	}
	return nil
}

// replace renames a file over another. Windows refuses that while anybody reads the old one,
// as another process may for an instant, so there it is tried again for a while.
func replace(from, to string) error {
	err := os.Rename(from, to)
	for tries := 0; err != nil && runtime.GOOS == "windows" && tries < replaceTries; tries++ {
		time.Sleep(lockRetry)
		err = os.Rename(from, to)
	}
	return err
}

// fill writes content to a new file down to the disk and closes it on every path.
func fill(file *os.File, content []byte, mode os.FileMode) error {
	_, err := file.Write(content)
	if err == nil {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

// sweep removes what crashed processes left half written. Only the holder of the lock may call it.
func (s store) sweep() {
	stale, err := filepath.Glob(filepath.Join(s.dir, tempPattern))
	if err != nil {
		return
	}
	for _, path := range stale {
		_ = os.Remove(path)
	}
}

// refuseShared returns an error for a directory in which others could plant a certificate.
// One that is not there yet is fine.
func refuseShared(dir string) error {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return gerror.WrapCode(gcode.CodeOperationFailed, err, "development certificate directory")
	}
	if writableByOthers(info.Mode()) {
		return gerror.NewCodef(gcode.CodeSecurityReason,
			"development certificate directory %s can be written by other users (mode %04o): take that away with chmod go-w, or name another",
			dir, info.Mode().Perm())
	}
	return nil
}
