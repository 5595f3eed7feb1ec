package token

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// largestSet is the most bytes of a key set.
const largestSet = 512 << 10

// NewSetFile returns the keys of a key set in a file, which must be good now
// and is read again when it is older than refresh.
func NewSetFile(name string, algorithms []string, refresh time.Duration, report func(error)) (*Set, error) {
	if err := Check(algorithms, nil); err != nil {
		return nil, err
	}
	load := func(context.Context) ([]publicKey, error) { return readSet(name) }
	set := newSet(load, refresh, report)
	keys, err := readSet(name)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidConfiguration, err, "key set")
	}
	set.keys, set.loaded = keys, set.now()
	return set, nil
}

func readSet(name string) ([]publicKey, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeOperationFailed, err, "key set cannot be opened")
	}
	defer func() { _ = file.Close() }()
	return decodeSet(file)
}

// decodeSet reads a set of at most largestSet bytes.
func decodeSet(r io.Reader) ([]publicKey, error) {
	data, err := io.ReadAll(io.LimitReader(r, largestSet+1))
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeOperationFailed, err, "key set cannot be read")
	}
	if len(data) > largestSet {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter, "the key set is larger than %d bytes", largestSet)
	}
	return parseSet(data)
}

// NewSetURL returns the keys of a key set at an address, which is asked when
// the first token comes. The address must be https, unless it is this machine.
func NewSetURL(address string, algorithms []string, refresh time.Duration, report func(error)) (*Set, error) {
	if err := Check(algorithms, nil); err != nil {
		return nil, err
	}
	if err := CheckURL(address); err != nil {
		return nil, err
	}
	client := newHTTPClient()
	load := func(ctx context.Context) ([]publicKey, error) { return fetchSet(ctx, client, address) }
	return newSet(load, refresh, report), nil
}

// CheckURL refuses an address from which keys could be anybody's.
func CheckURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Fragment != "" {
		return invalid(`is no address such as "https://issuer.example.com/.well-known/jwks.json"`)
	}
	if u.User != nil {
		return invalid("has a user in it, who would stand in logs")
	}
	if u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname()) {
		return nil
	}
	return invalid("must be https: whoever stands between could put keys of his own in the place of the issuer's")
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// newHTTPClient returns a client that keeps no connection and follows nobody
// elsewhere, since only the address that was configured is trusted.
func newHTTPClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            (&net.Dialer{Timeout: loadTimeout}).DialContext,
			TLSHandshakeTimeout:    loadTimeout,
			DisableKeepAlives:      true,
			MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return errors.New("the address of the key set redirects elsewhere")
		},
	}
}

func fetchSet(ctx context.Context, client *http.Client, address string) ([]publicKey, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidConfiguration, err, "address of the key set")
	}
	request.Header.Set("Accept", "application/jwk-set+json, application/json")
	response, err := client.Do(request)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeOperationFailed, withoutAddress(err), "key set was not fetched")
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, gerror.NewCodef(gcode.CodeOperationFailed, "%s answered %s", request.URL.Host, response.Status)
	}
	return decodeSet(response.Body)
}

// withoutAddress returns the cause of an error of net/http, which tells the
// address with its query, where a key may stand.
func withoutAddress(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
