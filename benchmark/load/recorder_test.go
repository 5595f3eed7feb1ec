package load

import (
	"errors"
	"testing"
	"time"
)

func newRecorder(spec Spec, cpu ...time.Duration) *recorder {
	return &recorder{spec: spec, cpuTime: func(int) (time.Duration, error) {
		if len(cpu) == 0 {
			return 0, errors.New("the server has gone")
		}
		next := cpu[0]
		cpu = cpu[1:]
		return next, nil
	}}
}

// at steps r to a time in milliseconds, when something has just come.
func at(t *testing.T, r *recorder, now int) bool {
	t.Helper()
	done, err := r.step(time.Duration(now)*time.Millisecond, time.Duration(now)*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestRecorderLeavesTheWarmupOut(t *testing.T) {
	r := newRecorder(Spec{Warmup: 10 * time.Millisecond, WarmupMessages: 2, Duration: 100 * time.Millisecond}, 5*time.Second, 7*time.Second)
	r.took(time.Hour)
	if at(t, r, 20) || r.recording {
		t.Fatal("one message of two ended the warm-up")
	}
	r.took(time.Hour)
	if at(t, r, 30) || !r.recording {
		t.Fatal("the warm-up did not end")
	}
	if at(t, r, 140) {
		t.Fatal("it ended without a message")
	}
	r.took(time.Millisecond)
	if !at(t, r, 150) {
		t.Fatal("it did not end")
	}
	if got := r.result; got.Messages != 1 || got.Elapsed != 120*time.Millisecond || got.CPU != 2*time.Second || got.P99 > 2*time.Millisecond {
		t.Errorf("got %+v", got)
	}
}

func TestRecorderNoticesSilence(t *testing.T) {
	r := newRecorder(Spec{}, 0)
	if done, err := r.step(stuckAfter, 0); done || err != nil {
		t.Fatalf("%t, %v", done, err)
	}
	if done, err := r.step(stuckAfter+1, 0); !done || err != nil || !r.result.Stuck {
		t.Fatalf("%t, %v, %+v", done, err, r.result)
	}
}

func TestRecorderTellsThatTheServerHasGone(t *testing.T) {
	if _, err := newRecorder(Spec{}).step(1, 1); err == nil {
		t.Fatal("no error")
	}
}
