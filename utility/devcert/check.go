package devcert

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"
)

// fault is why a pair cannot be used.
type fault struct {
	// reason says it for people.
	reason string
	// foreign is true if the files are not of this package's making and must be left alone.
	foreign bool
}

// check returns the certificate of the pair in the directory, or why there is none to use.
func (s store) check() (*x509.Certificate, *fault) {
	certPEM, err := readRegular(s.certPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, s.checkLoneKey()
	}
	if err != nil {
		return nil, &fault{reason: "the certificate cannot be read"}
	}
	leaf := parse(certPEM)
	if leaf == nil {
		return nil, &fault{reason: "the certificate cannot be parsed"}
	}
	if !slices.Contains(leaf.Subject.Organization, maker) {
		return nil, &fault{reason: certName + " is a certificate of other making", foreign: true}
	}
	if found := s.checkKey(certPEM); found != nil {
		return nil, found
	}
	if found := checkLeaf(leaf, s.now()); found != nil {
		return nil, found
	}
	return leaf, nil
}

// checkLoneKey tells an empty directory from one that holds somebody's key.
func (s store) checkLoneKey() *fault {
	if _, err := os.Lstat(s.keyPath()); err == nil {
		return &fault{reason: keyName + " is there without " + certName, foreign: true}
	}
	return &fault{reason: "there was none yet"}
}

func (s store) checkKey(certPEM []byte) *fault {
	info, err := os.Stat(s.keyPath())
	if errors.Is(err, fs.ErrNotExist) {
		return &fault{reason: "its key is missing"}
	}
	if err != nil {
		return &fault{reason: "its key cannot be read"}
	}
	if accessibleByOthers(info.Mode()) {
		return &fault{reason: fmt.Sprintf("its key was open to other users (mode %04o)", info.Mode().Perm())}
	}
	keyPEM, err := readRegular(s.keyPath())
	if err != nil {
		return &fault{reason: "its key cannot be read"}
	}
	if _, err = tls.X509KeyPair(certPEM, keyPEM); err != nil {
		return &fault{reason: "certificate and key do not match"}
	}
	return nil
}

func checkLeaf(leaf *x509.Certificate, now time.Time) *fault {
	if now.Before(leaf.NotBefore) {
		return &fault{reason: "the certificate was not valid yet"}
	}
	if now.Add(renewBefore).After(leaf.NotAfter) {
		return &fault{reason: "the certificate ended on " + leaf.NotAfter.Format(time.DateOnly)}
	}
	for _, name := range hostNames() {
		if leaf.VerifyHostname(name) != nil {
			return &fault{reason: "the certificate did not cover " + name}
		}
	}
	for _, ip := range hostIPs() {
		if leaf.VerifyHostname(ip.String()) != nil {
			return &fault{reason: "the certificate did not cover " + ip.String()}
		}
	}
	return nil
}

// parse returns the first certificate of a PEM file, or nil if there is none.
func parse(certPEM []byte) *x509.Certificate {
	block, _ := pem.Decode(certPEM)
	if block == nil || block.Type != certBlock {
		return nil
	}
	leaf, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil
	}
	return leaf
}

// readRegular reads a file but never waits on a pipe or a device that stands in its place.
func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", path)
	}
	return os.ReadFile(path)
}
