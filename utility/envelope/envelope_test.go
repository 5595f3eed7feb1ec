package envelope

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"
)

var key = []byte("sixteen bytes at least")

const window = 30 * time.Second

// opener returns one whose clock the test sets.
func opener(t testing.TB, keys ...[]byte) (*Opener, *time.Time) {
	t.Helper()
	o, ok := NewOpener(keys, window)
	if !ok {
		t.Fatal("the keys were refused")
	}
	now := time.UnixMilli(1767225600000)
	o.clock = func() time.Time { return now }
	return o, &now
}

// sealer returns one for the key.
func sealer(t testing.TB, key []byte) *Sealer {
	t.Helper()
	s, ok := NewSealer(key)
	if !ok {
		t.Fatal("the key was refused")
	}
	return s
}

// at seals a text at a time.
func at(t testing.TB, s *Sealer, data string, now time.Time) []byte {
	t.Helper()
	return sealedAt(t, s, asText([]byte(data)), data, now)
}

// sealedAt seals e, which carries data, at a time.
func sealedAt(t testing.TB, s *Sealer, e sealed, data string, now time.Time) []byte {
	t.Helper()
	envelope, err := s.seal(e, []byte(data), now, [nonceSize]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	return envelope
}

// TestKnownEnvelope holds the form that other languages must make: it was
// computed with openssl.
func TestKnownEnvelope(t *testing.T) {
	o, _ := opener(t, key)
	const known = `{"ts":1767225600000,"nonce":"AQAAAAAAAAAAAAAAAAAAAA","data":"hello \"you\"","type":"text","sig":"TrX-ztUkA_6tYiRNux1BBwRs-21Hup6L4XxtB32Oflw"}`
	got := at(t, sealer(t, key), `hello "you"`, time.UnixMilli(1767225600000))
	if string(got) != known {
		t.Errorf("got  %s\nwant %s", got, known)
	}
	if data, isBinary, err := o.Open([]byte(known)); err != nil || isBinary || string(data) != `hello "you"` {
		t.Errorf("opened %q, binary %v, %v", data, isBinary, err)
	}
}

func TestRoundTrip(t *testing.T) {
	o, ok := NewOpener([][]byte{[]byte("another key of good length"), key}, window)
	if !ok {
		t.Fatal("the keys were refused")
	}
	s := sealer(t, key)
	for _, data := range []string{"", "hello", "日本 \u2028 <&>", "\x00\xff\n", strings.Repeat("x", 70000)} {
		for kind, seal := range map[string]func([]byte) ([]byte, error){text: s.SealText, binary: s.SealBinary} {
			if kind == text && !utf8.ValidString(data) {
				continue
			}
			envelope, err := seal([]byte(data))
			if err != nil {
				t.Fatal(err)
			}
			got, isBinary, err := o.Open(envelope)
			if err != nil || string(got) != data || isBinary != (kind == binary) {
				t.Errorf("%.20q as %s: got %.20q, binary %v, %v", data, kind, got, isBinary, err)
			}
		}
	}
}

// TestOpenRefuses plays what an attacker can do to an envelope.
func TestOpenRefuses(t *testing.T) {
	s := sealer(t, key)
	good := time.UnixMilli(1767225600000)
	envelope := string(at(t, s, "pay 10", good))
	changed := func(old, with string) string {
		if !strings.Contains(envelope, old) {
			t.Fatalf("%s has no %s", envelope, old)
		}
		return strings.Replace(envelope, old, with, 1)
	}
	signature := envelope[strings.Index(envelope, `"sig":"`)+7 : len(envelope)-2]
	for _, c := range []struct {
		name     string
		envelope string
		err      error
	}{
		{"no JSON", "hello", ErrMalformed},
		{"nothing", "", ErrMalformed},
		{"another JSON", `{"jsonrpc":"2.0"}`, ErrMalformed},
		{"a list", `[` + envelope + `]`, ErrMalformed},
		{"two envelopes", envelope + envelope, ErrMalformed},
		{"a field more", changed(`{`, `{"x":1,`), ErrMalformed},
		{"no nonce", changed(`"AQAAAAAAAAAAAAAAAAAAAA"`, `""`), ErrMalformed},
		{"a long nonce", changed(`AQAAAAAAAAAAAAAAAAAAAA`, strings.Repeat("A", 1000)), ErrMalformed},
		{"the nonce in another form", changed(`AQAAAAAAAAAAAAAAAAAAAA`, `AQAAAAAAAAAAAAAAAAAAAB`), ErrMalformed},
		{"another type", changed(`"text"`, `"ping"`), ErrMalformed},
		{"time as text", changed(`1767225600000`, `"1767225600000"`), ErrMalformed},
		{"time as a fraction", changed(`1767225600000`, `1767225600000.5`), ErrMalformed},
		{"other data", changed(`pay 10`, `pay 99`), ErrSignature},
		{"other nonce", changed(`AQAA`, `AgAA`), ErrSignature},
		{"other time", changed(`1767225600000`, `1767225600001`), ErrSignature},
		{"text for binary", changed(`"text"`, `"binary"`), ErrMalformed},
		{"no signature", changed(signature, ""), ErrSignature},
		{"half a signature", changed(signature, signature[:20]), ErrSignature},
		{"a signature of zeros", changed(signature, strings.Repeat("A", len(signature))), ErrSignature},
		{"another key", string(at(t, sealer(t, []byte("some other key of ours")), "pay 10", good)), ErrSignature},
		{"too old", string(at(t, s, "pay 10", good.Add(-window-time.Millisecond))), ErrTime},
		{"too new", string(at(t, s, "pay 10", good.Add(window+time.Millisecond))), ErrTime},
		{"before all time", string(at(t, s, "pay 10", time.UnixMilli(-1<<62))), ErrTime},
		{"after all time", string(at(t, s, "pay 10", time.UnixMilli(1<<62))), ErrTime},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, _ := opener(t, key)
			if data, _, err := o.Open([]byte(c.envelope)); !errors.Is(err, c.err) {
				t.Errorf("opened %q, %v, want %v", data, err, c.err)
			}
			if n := len(o.seen.young); n > 0 {
				t.Errorf("%d nonces of a stranger are remembered", n)
			}
		})
	}
}

// TestReplay holds that an envelope is good once, for as long as its time is.
func TestReplay(t *testing.T) {
	s := sealer(t, key)
	for _, sent := range []time.Duration{-window, 0, window} {
		t.Run(sent.String(), func(t *testing.T) {
			o, now := opener(t, key)
			envelope := at(t, s, "pay 10", now.Add(sent))
			if _, _, err := o.Open(envelope); err != nil {
				t.Fatal(err)
			}
			for range 100 {
				_, _, err := o.Open(envelope)
				if errors.Is(err, ErrTime) {
					return
				}
				if !errors.Is(err, ErrReplayed) {
					t.Fatalf("opened again: %v", err)
				}
				*now = now.Add(time.Second)
			}
			t.Error("it is in time for ever")
		})
	}
}

// TestSharedMemory holds that openers with one memory take an envelope once
// between them, for the longest of their windows.
func TestSharedMemory(t *testing.T) {
	long, now := opener(t, key)
	short, ok := NewOpener([][]byte{key, []byte("another key of good length")}, time.Second)
	if !ok {
		t.Fatal("the keys were refused")
	}
	short.clock = long.clock
	var seen Memory
	long, short = long.Sharing(&seen), short.Sharing(&seen)
	s := sealer(t, key)
	envelope := at(t, s, "pay 10", *now)
	if _, _, err := short.Open(envelope); err != nil {
		t.Fatal(err)
	}
	for i := range 10 { // others come meanwhile, and the memory of the short one turns
		*now = now.Add(window / 10)
		other, err := s.seal(asText([]byte("x")), []byte("x"), *now, [nonceSize]byte{2, byte(i)})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err = short.Open(other); err != nil {
			t.Fatal(err)
		}
		if _, _, err = long.Open(envelope); !errors.Is(err, ErrReplayed) {
			t.Fatalf("after %s: %v", now.Sub(time.UnixMilli(1767225600000)), err)
		}
	}
}

// TestRacingReplays holds that of many copies one is taken.
func TestRacingReplays(t *testing.T) {
	o, now := opener(t, key)
	envelope := at(t, sealer(t, key), "pay 10", *now)
	var taken atomic.Int64
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if _, _, err := o.Open(envelope); err == nil {
				taken.Add(1)
			}
		})
	}
	wg.Wait()
	if n := taken.Load(); n != 1 {
		t.Errorf("%d copies were taken", n)
	}
}

// TestMemoryIsBounded holds that nobody, not even one with the key, fills the
// memory, and that it is free again later.
func TestMemoryIsBounded(t *testing.T) {
	o, now := opener(t, key)
	o.seen.maxRemembered = 10
	s := sealer(t, key)
	send := func(i int) error {
		envelope, err := s.seal(asBinary(nil), nil, *now, [nonceSize]byte{byte(i), byte(i >> 8)})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = o.Open(envelope)
		return err
	}
	for i := range 10 {
		if err := send(i); err != nil {
			t.Fatal(err)
		}
	}
	if err := send(10); !errors.Is(err, ErrFull) {
		t.Errorf("one too many: %v", err)
	}
	*now = now.Add(4 * window)
	if err := send(10); err != nil {
		t.Errorf("later: %v", err)
	}
	if n := len(o.seen.young) + len(o.seen.old); n != 1 {
		t.Errorf("%d are remembered", n)
	}
}

func TestTextMustBeText(t *testing.T) {
	if envelope, err := sealer(t, key).SealText([]byte("\xff")); !errors.Is(err, ErrText) {
		t.Errorf("sealed as %s, %v", envelope, err)
	}
}

func TestShortKeys(t *testing.T) {
	short := []byte("15 bytes of key")
	if _, ok := NewSealer(short); ok {
		t.Error("a sealer takes a short key")
	}
	for _, keys := range [][][]byte{{}, {short}, {key, short}} {
		if _, ok := NewOpener(keys, window); ok {
			t.Errorf("an opener takes the keys %q", keys)
		}
	}
}

// FuzzOpen holds that what opens was signed: sealing it again gives an envelope
// of the same content.
func FuzzOpen(f *testing.F) {
	s := sealer(f, key)
	for _, data := range []string{"", "hello", `{"a":1}`} {
		f.Add(at(f, s, data, time.UnixMilli(1767225600000)))
		f.Add(sealedAt(f, s, asBinary([]byte(data)), data, time.UnixMilli(1767225600000)))
	}
	f.Add([]byte(`{"ts":1e3,"nonce":null,"data":"\ud800","type":"text","sig":""}`))
	f.Fuzz(func(t *testing.T, envelope []byte) {
		o, _ := opener(t, key)
		data, isBinary, err := o.Open(envelope)
		if err != nil {
			return
		}
		var e sealed
		if err = json.Unmarshal(envelope, &e); err != nil {
			t.Fatal(err)
		}
		content := asText(data)
		if isBinary {
			content = asBinary(data)
		}
		again := sealedAt(t, s, content, string(data), time.UnixMilli(e.Time))
		fresh, _ := opener(t, key)
		if got, _, err := fresh.Open(again); err != nil || !bytes.Equal(got, data) {
			t.Fatalf("%q opens as %q, again as %q, %v", envelope, data, got, err)
		}
		if _, _, err = o.Open(envelope); !errors.Is(err, ErrReplayed) {
			t.Fatal(fmt.Errorf("opened twice: %w", err))
		}
	})
}
