package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gogf/gf/v2/os/glog"
)

// journal is a log that a test reads.
type journal struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buffer.Write(line)
}

func (j *journal) lines() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return strings.Split(strings.TrimSuffix(j.buffer.String(), "\n"), "\n")
}

// newLog returns an audit with a log and a clock of the test's.
func newLog(t *testing.T, rate int) (*Log, *journal, *time.Time) {
	j, now := &journal{}, time.Unix(1e9, 0)
	logger := glog.New()
	logger.SetWriter(j)
	logger.SetStdoutPrint(false)
	l := New(logger, "chat", rate)
	l.clock = func() time.Time { return now }
	t.Cleanup(l.Flush)
	return l, j, &now
}

func TestLine(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Event
		want string
	}{
		{"a handshake",
			Event{Action: Refused, Reason: "origin", Code: 403, Remote: "10.0.0.1:2", Path: "/ws"},
			`websocket action=refused reason=origin code=403 instance="chat" remote=10.0.0.1:2 path="/ws"`},
		{"a session",
			Event{Action: Closed, Reason: "rate", Code: 1008, Remote: "[::1]:2", Client: "2001:db8::1", Path: "/ws", User: "ann", Session: "S"},
			`websocket action=closed reason=rate code=1008 instance="chat" remote=[::1]:2 client="2001:db8::1" path="/ws" user="ann" session="S"`},
		{"a warning",
			Event{Action: Warned, Reason: "rate", Remote: "10.0.0.1:2"},
			`websocket action=warned reason=rate instance="chat" remote=10.0.0.1:2`},
		{"a failure",
			Event{Action: Refused, Reason: "upgrade", Code: 500, Remote: "10.0.0.1:2", Err: errors.New("broken")},
			`websocket action=refused reason=upgrade code=500 instance="chat" remote=10.0.0.1:2 error="broken"`},
		{"lines of a client's own",
			Event{Action: Refused, Reason: "origin", Code: 403, Remote: "10.0.0.1:2", Path: "/x\nforged", User: "\"\r\n"},
			`websocket action=refused reason=origin code=403 instance="chat" remote=10.0.0.1:2 path="/x\nforged" user="\"\r\n"`},
		{"more than anybody reads",
			Event{Action: Refused, Reason: "origin", Code: 403, Remote: "10.0.0.1:2", Path: strings.Repeat("x", longest+1)},
			`websocket action=refused reason=origin code=403 instance="chat" remote=10.0.0.1:2 path="` + strings.Repeat("x", longest) + `"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, j, _ := newLog(t, 1)
			l.Record(context.Background(), c.e)
			lines := j.lines()
			if len(lines) != 1 || !strings.HasSuffix(lines[0], c.want) {
				t.Errorf("got  %q\nwant %s", lines, c.want)
			}
		})
	}
}

// TestFloodIsSampled holds that a flood fills no disk, that nothing of it is
// lost to the counters, and that no reason hides another.
func TestFloodIsSampled(t *testing.T) {
	l, j, now := newLog(t, 2)
	record := func(times int, action Action, reason string) {
		for range times {
			l.Record(context.Background(), Event{Action: action, Reason: reason})
		}
	}
	record(100, Refused, "origin")
	record(1, Refused, "handshakes")
	record(1, Closed, "origin")
	*now = now.Add(time.Second)
	record(3, Refused, "origin")
	*now = now.Add(time.Second)
	record(1, Refused, "origin")
	record(1, Refused, "handshakes")

	var origin []string
	for _, line := range j.lines() {
		if strings.Contains(line, "action=refused reason=origin") {
			_, suppressed, _ := strings.Cut(line, "suppressed=")
			origin = append(origin, suppressed)
		}
	}
	if got := fmt.Sprint(origin); got != "[  98  1]" || len(j.lines()) != 8 {
		t.Errorf("suppressed were %s in %d lines", got, len(j.lines()))
	}
	if got := l.Totals(Refused); !maps.Equal(got, map[string]uint64{"origin": 104, "handshakes": 2}) {
		t.Errorf("refused are %v", got)
	}
	if got := l.Totals(Closed); !maps.Equal(got, map[string]uint64{"origin": 1}) {
		t.Errorf("closed are %v", got)
	}
}

// TestFloodThatEnds holds that what was suppressed is told even where nothing of
// the kind comes any more, once, and that there is a timer only until then.
func TestFloodThatEnds(t *testing.T) {
	l, j, _ := newLog(t, 2)
	record := func(times int) {
		for range times {
			l.Record(context.Background(), Event{Action: Refused, Reason: "origin", Code: 403})
			l.Record(context.Background(), Event{Action: Closed, Reason: "rate", Code: 1008})
		}
	}
	record(2)
	if l.timer != nil {
		t.Error("there is a timer while nothing is suppressed")
	}
	record(5)
	if l.timer == nil {
		t.Fatal("nobody will tell of what was suppressed")
	}
	for range 2 {
		l.Flush()
	}
	lines := j.lines()
	if len(lines) != 6 || l.timer != nil {
		t.Fatalf("wrote %q", lines)
	}
	for i, want := range []string{
		`websocket action=closed reason=rate instance="chat" suppressed=5`,
		`websocket action=refused reason=origin instance="chat" suppressed=5`,
	} {
		if got := lines[4+i]; !strings.HasSuffix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNoBound(t *testing.T) {
	l, j, _ := newLog(t, -1)
	for range 1000 {
		l.Record(context.Background(), Event{Action: Warned, Reason: "rate"})
	}
	if n := len(j.lines()); n != 1000 {
		t.Errorf("%d lines were written", n)
	}
}

func TestCountWritesNothing(t *testing.T) {
	l, j, _ := newLog(t, 1)
	l.Count(context.Background(), Event{Action: Closed, Reason: "internal"})
	if got := l.Totals(Closed)["internal"]; got != 1 || j.buffer.Len() > 0 {
		t.Errorf("counted %d, wrote %q", got, j.buffer.String())
	}
}
