// Package devcert makes a TLS certificate for development on the local machine
// and keeps it, so that a browser or a client has to be told only once to trust it.
//
// The certificate is an ECDSA P-256 leaf for localhost, 127.0.0.1 and ::1, valid for
// a year and signed by its own key. It is no authority: nothing else can be signed
// with it. Given to a client as its only root, it verifies itself.
//
// It is not for production.
package devcert

import (
	"os"
	"path/filepath"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

const (
	certName = "cert.pem"
	keyName  = "key.pem"
)

// Files names a development certificate and its private key, both PEM files.
type Files struct {
	// CertPath is the certificate: what a server presents and what a client trusts.
	CertPath string
	// KeyPath is the private key, readable by its owner alone.
	KeyPath string
	// Expires is the end of the certificate's validity.
	Expires time.Time
	// Created is true if this call made the pair, false if it found a good one.
	Created bool
	// Reason says why the pair was made, for people. It is empty unless Created is true.
	Reason string
}

// DefaultDir returns the directory that Ensure uses if it is given none:
// gf-websocket/devcert under the user's cache directory. The directory need not exist.
// It returns an error if the environment names no cache directory.
func DefaultDir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", gerror.WrapCode(gcode.CodeInvalidConfiguration, err, "no cache directory for the development certificate")
	}
	return filepath.Join(cache, "gf-websocket", "devcert"), nil
}

// Ensure returns the development certificate kept in dir, or in DefaultDir if dir is empty,
// and makes it first if there is none that can be used.
//
// A new pair replaces one of its own making that has expired or will within seven days, does not cover
// every local name, does not match its key, cannot be parsed, or whose key others than the
// owner can read or write: such a key may have been copied, so a narrower mode alone would not do.
// It never replaces a certificate that it did not make, nor a key that stands alone: it returns an error.
//
// A directory that it makes is for the owner alone (0700), as is the key (0600). A directory that others
// can write to is refused with an error. On Windows both inherit the access rights of the
// directory above, which in the user's profile are the owner's.
//
// It is safe for concurrent use, by several processes too: all of them get the same pair.
func Ensure(dir string) (Files, error) {
	if dir == "" {
		var err error
		if dir, err = DefaultDir(); err != nil {
			return Files{}, err
		}
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Files{}, gerror.WrapCodef(gcode.CodeInvalidParameter, err, "development certificate directory %q", dir)
	}
	return store{dir: dir, now: time.Now}.ensure()
}
