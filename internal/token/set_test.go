package token

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// clock is a time that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) get() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// source is an issuer's key set, which can fail and change.
type source struct {
	mu    sync.Mutex
	keys  []publicKey
	err   error
	loads atomic.Int64
	gate  chan struct{} // a load waits for it; nil for not at all
}

func (s *source) load(context.Context) ([]publicKey, error) {
	s.loads.Add(1)
	if s.gate != nil {
		<-s.gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keys, s.err
}

func (s *source) set(err error, ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys, s.err = nil, err
	for _, id := range ids {
		s.keys = append(s.keys, publicKey{id: id, key: keysOfTests().ed.Public()})
	}
}

// newTestSet returns a set over source that is refreshed each minute.
func newTestSet(s *source) (*Set, *clock) {
	c := &clock{now: time.Now()}
	set := newSet(s.load, time.Minute, func(error) {})
	set.now = c.get
	return set, c
}

// find looks for a key, and waits for a load that goes on behind.
func find(t *testing.T, set *Set, id string) error {
	t.Helper()
	_, err := set.Find(context.Background(), "EdDSA", id)
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		set.mu.Lock()
		idle := set.loading == nil
		set.mu.Unlock()
		if idle {
			return err
		}
		if time.Now().After(deadline) {
			t.Fatal("the set loads for ever")
		}
	}
}

func TestSetLoadsWhenItMust(t *testing.T) {
	s := &source{}
	s.set(nil, "a")
	set, clock := newTestSet(s)
	step := func(what, id string, good bool, loads int64) {
		t.Helper()
		if err := find(t, set, id); (err == nil) != good || s.loads.Load() != loads {
			t.Errorf("%s: got %v after %d loads, want %d", what, err, s.loads.Load(), loads)
		}
	}
	if s.loads.Load() != 0 {
		t.Error("it was loaded before anybody asked")
	}
	step("the first token", "a", true, 1)
	step("the next", "a", true, 1)
	step("an unknown key at once", "b", false, 1)
	clock.pass(retryAfter)
	step("an unknown key later", "b", false, 2)
	step("a flood of unknown keys", "c", false, 2)
	s.set(nil, "a", "b")
	clock.pass(retryAfter)
	step("a key that has come", "b", true, 3)
	clock.pass(61 * time.Second)
	s.set(nil, "b")
	step("a set that is old holds, and is loaded behind", "a", true, 4)
	step("a key that has gone", "a", false, 4)
	s.set(errors.New("down"))
	clock.pass(61 * time.Second)
	step("the issuer is down", "b", true, 5)
	step("it is not asked again at once", "b", true, 5)
	clock.pass(retryAfter)
	step("but soon", "b", true, 6)
	clock.pass(time.Hour)
	s.set(nil, "z")
	step("a set that is very old is waited for", "b", false, 7)
}

func TestSetThatNeverLoaded(t *testing.T) {
	s := &source{}
	s.set(errors.New("down"))
	set, clock := newTestSet(s)
	for i := range 3 {
		if err := find(t, set, "a"); gerror.Code(err) != gcode.CodeServerBusy || s.loads.Load() != 1 {
			t.Errorf("%d: got %v after %d loads", i, err, s.loads.Load())
		}
	}
	s.set(nil, "a")
	clock.pass(retryAfter)
	if err := find(t, set, "a"); err != nil {
		t.Error(err)
	}
}

// TestSetLoadsOnceForMany holds that a crowd waits for one load.
func TestSetLoadsOnceForMany(t *testing.T) {
	s := &source{gate: make(chan struct{})}
	s.set(nil, "a")
	set, _ := newTestSet(s)
	var crowd sync.WaitGroup
	failed := make(chan error, 100)
	for range 100 {
		crowd.Go(func() {
			if _, err := set.Find(context.Background(), "EdDSA", "a"); err != nil {
				failed <- err
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := set.Find(ctx, "EdDSA", "a"); gerror.Code(err) != gcode.CodeServerBusy {
		t.Errorf("one who does not wait got %v", err)
	}
	close(s.gate)
	crowd.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if n := s.loads.Load(); n != 1 {
		t.Errorf("loaded %d times", n)
	}
}

func TestChoose(t *testing.T) {
	own := keysOfTests()
	ed, p256 := own.ed.Public(), &own.p256.PublicKey
	keys := []publicKey{
		{"a", "", ed}, {"b", "EdDSA", ed}, {"c", "ES256", p256}, {"d", "RS256", &own.rsa.PublicKey},
		{"e", "PS256", &own.rsa.PublicKey}, {"twice", "", ed}, {"twice", "", own.ed.Public()},
	}
	for _, c := range []struct {
		algorithm, id string
		want          bool
	}{
		{"EdDSA", "a", true}, {"EdDSA", "b", true}, {"ES256", "c", true}, {"RS256", "d", true}, {"PS256", "e", true},
		{"ES256", "", true},
		{"EdDSA", "", false}, {"EdDSA", "c", false}, {"ES384", "c", false}, {"PS256", "d", false}, {"RS512", "d", false},
		{"HS256", "a", false}, {"none", "a", false}, {"EdDSA", "twice", false}, {"EdDSA", "A", false}, {"", "a", false},
	} {
		if got := choose(keys, c.algorithm, c.id); (got != nil) != c.want {
			t.Errorf("%s %q: got %v", c.algorithm, c.id, got)
		}
	}
}

func TestParseSet(t *testing.T) {
	own := keysOfTests()
	good := member(t, "a", own.ed.Public())
	change := func(m map[string]any, name string, value any) map[string]any {
		m[name] = value
		return m
	}
	rsaMember := func() map[string]any { return member(t, "r", &own.rsa.PublicKey) }
	ecMember := func() map[string]any { return member(t, "e", &own.p256.PublicKey) }
	for _, c := range []struct {
		name string
		data []byte
		keys int // 0 for an error
	}{
		{"one of each kind", setOf(t, good, rsaMember(), ecMember(), member(t, "p", &own.p384.PublicKey)), 4},
		{"unknown kind beside", setOf(t, good, map[string]any{"kty": "new"}), 1},
		{"secret beside", setOf(t, good, map[string]any{"kty": "oct", "k": "c2VjcmV0"}), 1},
		{"for encryption", setOf(t, good, change(rsaMember(), "use", "enc")), 1},
		{"for signing alone", setOf(t, good, change(rsaMember(), "key_ops", []string{"sign"})), 1},
		{"for verifying", setOf(t, change(rsaMember(), "key_ops", []string{"verify"})), 1},
		{"point off the curve", setOf(t, good, change(ecMember(), "y", encode(make([]byte, 32)))), 1},
		{"point of another curve", setOf(t, good, change(ecMember(), "crv", "P-384")), 1},
		{"short coordinate", setOf(t, good, change(ecMember(), "x", encode(make([]byte, 31)))), 1},
		{"weak RSA", setOf(t, good, change(rsaMember(), "n", encode([]byte{255, 255, 255}))), 1},
		{"huge RSA", setOf(t, good, change(rsaMember(), "n", encode([]byte(strings.Repeat("x", 1025))))), 1},
		{"exponent 1", setOf(t, good, change(rsaMember(), "e", encode([]byte{1}))), 1},
		{"even exponent", setOf(t, good, change(rsaMember(), "e", encode([]byte{4}))), 1},
		{"huge exponent", setOf(t, good, change(rsaMember(), "e", encode([]byte{255, 255, 255, 255, 255}))), 1},
		{"padded", setOf(t, good, change(rsaMember(), "e", "AQAB==")), 1},
		{"other curve of OKP", setOf(t, good, change(member(t, "x", own.ed.Public()), "crv", "X25519")), 1},
		{"short Ed25519", setOf(t, good, change(member(t, "x", own.ed.Public()), "x", "AAAA")), 1},
		{"nothing to verify with", setOf(t, map[string]any{"kty": "oct", "k": "c2VjcmV0"}), 0},
		{"empty", setOf(t), 0},
		{"no JSON", []byte("<html>"), 0},
		{"another type", []byte(`{"keys": 1}`), 0},
		{"too many", setOf(t, make([]map[string]any, mostKeys+1)...), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys, err := parseSet(c.data)
			if len(keys) != c.keys || (err == nil) != (c.keys > 0) {
				t.Errorf("got %d keys, %v, want %d", len(keys), err, c.keys)
			}
		})
	}
}

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

// FuzzParseSet holds that whatever an issuer publishes, only sound keys of
// known kinds come out.
func FuzzParseSet(f *testing.F) {
	own := keysOfTests()
	f.Add(setOf(f, member(f, "a", own.ed.Public()), member(f, "b", &own.p256.PublicKey), member(f, "c", &own.rsa.PublicKey)))
	f.Add([]byte(`{"keys":[{"kty":"EC","crv":"P-256","x":"","y":""}]}`))
	f.Add([]byte(`{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"},null]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		keys, err := parseSet(data)
		if err == nil && (len(keys) == 0 || len(keys) > mostKeys) {
			t.Fatalf("%d keys", len(keys))
		}
		for _, k := range keys {
			if usable(k.key) != nil || fits("HS256", k.key) || fits("none", k.key) {
				t.Fatalf("%T came out", k.key)
			}
		}
	})
}
