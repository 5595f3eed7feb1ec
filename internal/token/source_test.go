package token

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

func TestSetFile(t *testing.T) {
	own := keysOfTests()
	path := file(t, "jwks.json", setOf(t, member(t, "a", own.ed.Public())))
	set, err := NewSetFile(path, []string{"EdDSA", "ES256"}, time.Minute, func(error) {})
	if err != nil {
		t.Fatal(err)
	}
	if err = find(t, set, "a"); err != nil {
		t.Fatal(err)
	}
	if err = os.WriteFile(path, setOf(t, member(t, "b", own.ed.Public())), 0o600); err != nil {
		t.Fatal(err)
	}
	// Its age has reached twice the refresh, so that the new file is waited for.
	clock := &clock{now: time.Now().Add(2 * time.Minute)}
	set.now = clock.get
	if err = find(t, set, "b"); err != nil {
		t.Errorf("the new key: %v", err)
	}
	for problem, c := range map[string]struct {
		path       string
		algorithms []string
	}{
		"no public key":  {file(t, "a", setOf(t)), []string{"EdDSA"}},
		"is not JSON":    {file(t, "b", []byte("x")), []string{"EdDSA"}},
		"cannot be open": {"/does/not/exist", []string{"EdDSA"}},
		"larger than":    {file(t, "c", make([]byte, largestSet+1)), []string{"EdDSA"}},
		"needs a secret": {path, []string{"EdDSA", "HS256"}},
		"is empty":       {path, nil},
	} {
		_, err = NewSetFile(c.path, c.algorithms, time.Minute, func(error) {})
		if err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("got %v, want %q", err, problem)
		}
	}
}

func TestCheckURL(t *testing.T) {
	for address, good := range map[string]bool{
		"https://issuer.example.com/jwks.json": true,
		"http://127.0.0.1:9/jwks.json":         true,
		"http://[::1]/jwks.json":               true,
		"http://localhost/jwks.json":           true,
		"http://issuer.example.com/jwks.json":  false,
		"http://127.0.0.1.evil.com/":           false,
		"http://localhost.evil.com/":           false,
		"http://10.0.0.1/":                     false,
		"https://user:secret@issuer.example/":  false,
		"https:///jwks.json":                   false,
		"file:///etc/passwd":                   false,
		"ftp://issuer.example.com":             false,
		"issuer.example.com":                   false,
		"https://issuer.example.com/#x":        false,
		"":                                     false,
		"https://\x00":                         false,
	} {
		err := CheckURL(address)
		if (err == nil) != good {
			t.Errorf("%q: got %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret@") {
			t.Errorf("%v tells a password", err)
		}
	}
}

// TestSetURL asks real servers, good and bad.
func TestSetURL(t *testing.T) {
	own := keysOfTests()
	good := setOf(t, member(t, "a", own.ed.Public()))
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(good) }))
	defer elsewhere.Close()
	for name, c := range map[string]struct {
		answer  http.HandlerFunc
		good    bool
		problem string
	}{
		"good":      {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(good) }, true, ""},
		"not there": {http.NotFound, false, "404"},
		"redirect":  {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) }, false, "redirects"},
		"endless":   {func(w http.ResponseWriter, _ *http.Request) { endless(w) }, false, "larger than"},
		"no JSON":   {func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "<html>") }, false, "not JSON"},
		"hangs up":  {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, false, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(c.answer)
			defer server.Close()
			reported := make(chan error, 1)
			set, err := NewSetURL(server.URL+"/keys?key=hush", []string{"EdDSA"}, time.Minute, func(err error) { reported <- err })
			if err != nil {
				t.Fatal(err)
			}
			err = find(t, set, "a")
			if c.good {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if gerror.Code(err) != gcode.CodeServerBusy {
				t.Errorf("got %v", err)
			}
			if err = <-reported; !strings.Contains(err.Error(), c.problem) || strings.Contains(err.Error(), "hush") {
				t.Errorf("reported %v, want %q", err, c.problem)
			}
		})
	}
}

// TestFetchEndsInTime holds that an issuer who says nothing is not waited for
// longer than the attempt may take.
func TestFetchEndsInTime(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := fetchSet(ctx, newHTTPClient(), server.URL); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// endless writes more than any set may have.
func endless(w http.ResponseWriter) {
	piece := []byte(strings.Repeat(" ", 64<<10))
	for range 2 * largestSet / len(piece) {
		if _, err := w.Write(piece); err != nil {
			return
		}
	}
}
