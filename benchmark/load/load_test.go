package load

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/benchmark/framing"
)

// unmasked returns what a server would echo of one client frame.
func unmasked(t *testing.T, frame []byte) []byte {
	t.Helper()
	head := 2
	if frame[1]&0x7f == 126 {
		head = 4
	}
	payload := bytes.Clone(frame[head+framing.MaskSize:])
	framing.Mask(payload)
	return payload
}

func contents(t *testing.T, size int) map[string]content {
	t.Helper()
	packed, err := newDeflated(size)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]content{"plain": newPlain(size), "deflated": packed}
}

func TestContentTakesItsOwnEchoAndNothingElse(t *testing.T) {
	for _, size := range []int{MinSize, 128, 16 << 10} {
		for name, c := range contents(t, size) {
			isDeflated := name == "deflated"
			echo := unmasked(t, c.appendMessage(nil, 3, 5))
			for range 2 { // the second time the deflated form is known
				if err := c.check(3, 5, echo, isDeflated); err != nil {
					t.Errorf("%s, %d bytes: %v", name, size, err)
				}
			}
			for what, err := range map[string]error{
				"the message before":      c.check(3, 4, echo, isDeflated),
				"another connection":      c.check(4, 5, echo, isDeflated),
				"a shorter one":           c.check(3, 5, echo[:len(echo)-1], isDeflated),
				"one of the other coding": c.check(3, 5, echo, !isDeflated),
				"nothing":                 c.check(3, 5, nil, isDeflated),
			} {
				if err == nil {
					t.Errorf("%s, %d bytes: %s was taken", name, size, what)
				}
			}
			changed := bytes.Clone(echo)
			changed[len(changed)/2] ^= 1
			if err := c.check(3, 5, changed, isDeflated); err == nil {
				t.Errorf("%s, %d bytes: changed content was taken", name, size)
			}
		}
	}
}

func TestDeflatedTakesAPlainEcho(t *testing.T) {
	const size = 16 << 10
	c, err := newDeflated(size)
	if err != nil {
		t.Fatal(err)
	}
	if err = c.check(1, 2, c.texts[3], false); err != nil {
		t.Error(err)
	}
	if packed := len(c.frames[0]); packed > size/2 || packed < size/8 {
		t.Errorf("%d bytes pack to a frame of %d", size, packed)
	}
}

type strung struct{ got []string }

func (s *strung) Receive(payload []byte, _ bool) error {
	s.got = append(s.got, string(payload))
	return nil
}

func TestRecordsHoweverTheyAreCut(t *testing.T) {
	const stream = "aaaabbbbccccdddd"
	for cut := 1; cut <= len(stream); cut++ {
		r, to := &records{size: 4}, &strung{}
		for rest := stream; rest != ""; {
			n := min(cut, len(rest))
			if err := r.Feed([]byte(rest[:n]), to); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if strings.Join(to.got, " ") != "aaaa bbbb cccc dddd" {
			t.Errorf("cut at %d: %q", cut, to.got)
		}
	}
}

func TestHistogramQuantiles(t *testing.T) {
	var h histogram
	if h.quantile(0.5) != 0 {
		t.Error("an empty histogram has a median")
	}
	for i := 1; i <= 1000; i++ {
		h.add(time.Duration(i) * time.Microsecond)
	}
	var more histogram
	more.add(-1)
	h.merge(&more)
	for q, want := range map[float64]time.Duration{0.5: 500 * time.Microsecond, 0.99: 990 * time.Microsecond, 1: 1000 * time.Microsecond} {
		got := h.quantile(q)
		if got < want || float64(got) > float64(want)*1.02 {
			t.Errorf("quantile %v is %v instead of %v", q, got, want)
		}
	}
	if h.quantile(0) != 0 {
		t.Errorf("the least is %v", h.quantile(0))
	}
}

func TestEveryValueIsInABucketThatEndsBehindIt(t *testing.T) {
	previous := -1
	for value := uint64(0); value < 1<<40; value = value*9/8 + 1 {
		i := bucket(value)
		if i < previous || highest(i) < value || i > 0 && highest(i-1) >= value {
			t.Fatalf("%d is in bucket %d, up to %d", value, i, highest(i))
		}
		previous = i
	}
	if i := bucket(1<<63 - 1); i >= powers*subBuckets {
		t.Fatalf("the largest duration is in bucket %d", i)
	}
}

func TestCallsTakeTheirOwnResultAndNothingElse(t *testing.T) {
	c := newCalls(64)
	call := string(unmasked(t, c.appendMessage(nil, 3, 5)))
	result := strings.NewReplacer(`, "id"`, `,"id"`, `"method":"echo","params"`, `"result"`).Replace(call)
	if err := c.check(3, 5, []byte(result), false); err != nil {
		t.Error(err)
	}
	for what, err := range map[string]error{
		"the call itself":     c.check(3, 5, []byte(call), false),
		"the result before":   c.check(3, 4, []byte(result), false),
		"another connection":  c.check(4, 5, []byte(result), false),
		"a result cut short":  c.check(3, 5, []byte(result[:len(result)-1]), false),
		"one that was packed": c.check(3, 5, []byte(result), true),
	} {
		if err == nil {
			t.Errorf("%s was taken", what)
		}
	}
}
