package devcert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"net"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

const (
	// lifetime stays below the 397 days that browsers accept.
	lifetime = 365 * 24 * time.Hour
	// skew lets a peer whose clock is a little behind accept a fresh certificate.
	skew = time.Hour
	// renewBefore is how long before its end a certificate is replaced.
	renewBefore = 7 * 24 * time.Hour
	// maker is the organization by which a pair of this package is recognised.
	maker = "devcert development certificate"

	certBlock = "CERTIFICATE"
	keyBlock  = "PRIVATE KEY"
)

// hostNames returns the DNS names that a certificate covers.
func hostNames() []string { return []string{"localhost"} }

// hostIPs returns the addresses that a certificate covers.
func hostIPs() []net.IP { return []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback} }

// pair is a fresh certificate and its key.
type pair struct {
	leaf    *x509.Certificate
	certPEM []byte
	keyPEM  []byte
}

// generate makes a pair that is valid from now on.
func generate(now time.Time) (pair, error) {
	made, err := newPair(now)
	if err != nil {
		return pair{}, gerror.WrapCode(gcode.CodeInternalError, err, "development certificate: generate")
	}
	return made, nil
}

func newPair(now time.Time) (pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return pair{}, err
	}
	// No SerialNumber: CreateCertificate then draws a random one.
	template := &x509.Certificate{
		Subject:               pkix.Name{Organization: []string{maker}, CommonName: "localhost"},
		NotBefore:             now.Add(-skew),
		NotAfter:              now.Add(lifetime - skew),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		DNSNames:              hostNames(),
		IPAddresses:           hostIPs(),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return pair{}, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return pair{}, err
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return pair{}, err
	}
	return pair{
		leaf:    leaf,
		certPEM: pem.EncodeToMemory(&pem.Block{Type: certBlock, Bytes: der}),
		keyPEM:  pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: keyDER}),
	}, nil
}
