package lease

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/os/glog"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
)

// patience is how long a test waits for what must happen.
const patience = 10 * time.Second

// open opens a session over a socket, and returns it with its client.
func open(t *testing.T) (*ws.Session, *websocket.Conn) {
	t.Helper()
	logger := glog.New()
	logger.SetStdoutPrint(false)
	hub, err := ws.NewHub(ws.Config{Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	opened := make(chan *ws.Session, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s, err := hub.Serve(context.Background(), w, r, ws.Opening{}, ws.HandlerFuncs{})
		if err != nil {
			t.Error(err)
		}
		opened <- s
	}))
	t.Cleanup(func() {
		_ = hub.Shutdown(context.Background())
		server.Close()
	})
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	return <-opened, conn
}

// read returns the next message, or the close.
func read(t *testing.T, conn *websocket.Conn) (message string, closing *websocket.CloseError) {
	t.Helper()
	_, data, err := conn.ReadMessage()
	if err != nil && !errors.As(err, &closing) {
		t.Fatal(err)
	}
	return string(data), closing
}

// renew has the identity of the session expire at another time.
func renew(l *Lease, expires time.Time) {
	l.session.SetIdentity(ws.Identity{User: "42", Expires: expires})
	l.Follow()
}

func expectEnd(t *testing.T, conn *websocket.Conn, reason string) {
	t.Helper()
	message, closing := read(t, conn)
	if closing == nil || closing.Code != int(ws.CodeUnauthorized) || closing.Text != reason {
		t.Fatalf("got %q, %v, want an end because %q", message, closing, reason)
	}
}

func TestAwait(t *testing.T) {
	s, conn := open(t)
	New(s, time.Hour).Await(time.Millisecond)
	expectEnd(t, conn, "not authenticated in time")
}

// TestFollowEndsTheAwaiting holds that the last word counts.
func TestFollowEndsTheAwaiting(t *testing.T) {
	s, conn := open(t)
	l := New(s, 0)
	l.Await(time.Hour)
	renew(l, time.Now().Add(time.Millisecond))
	expectEnd(t, conn, "authentication has expired")
}

func TestFollowForEver(t *testing.T) {
	s, conn := open(t)
	l := New(s, time.Hour)
	renew(l, time.Now().Add(2*time.Hour))
	renew(l, time.Time{})
	if hasTimer(l) {
		t.Error("there is a timer although there is no end")
	}
	l.tick() // one that was under way
	if err := s.Send(ws.TextMessage("still here")); err != nil {
		t.Fatal(err)
	}
	if message, _ := read(t, conn); message != "still here" {
		t.Errorf("got %q", message)
	}
}

// TestWarning holds that the session is told once before each end, however late
// that comes.
func TestWarning(t *testing.T) {
	s, conn := open(t)
	l := New(s, time.Hour)
	for _, c := range []struct {
		left    time.Duration
		seconds string
	}{{30 * time.Minute, `"seconds":1800}`}, {10 * time.Minute, `"seconds":600}`}} {
		renew(l, time.Now().Add(c.left))
		message, _ := read(t, conn)
		if !strings.HasPrefix(message, `{"jsonrpc":"2.0","method":"auth.expiring","params":{"expires":"`) || !strings.Contains(message, c.seconds) {
			t.Errorf("told %s, want %s", message, c.seconds)
		}
	}
	renew(l, time.Now().Add(-time.Minute))
	if message, _ := read(t, conn); !strings.Contains(message, `"seconds":0}`) {
		t.Errorf("told %s", message)
	}
	expectEnd(t, conn, "authentication has expired")
}

// TestNoWarningBeforeItsTime looks at where the timer is set.
func TestNoWarningBeforeItsTime(t *testing.T) {
	s, _ := open(t)
	for _, c := range []struct {
		warning, left time.Duration
		atMost        time.Duration
	}{
		{time.Minute, 2 * time.Minute, time.Minute},
		{0, 2 * time.Minute, 2 * time.Minute},
		{time.Minute, 48 * time.Hour, longestNap},
		{time.Minute, time.Duration(1<<63 - 1), longestNap},
		{time.Minute, -time.Hour, 0},
		{time.Minute, time.Duration(-1 << 63), 0},
	} {
		l := New(s, c.warning)
		l.end, l.warns = time.Now().Add(c.left), c.warning > 0
		if nap := l.nap(); nap > c.atMost || nap < c.atMost-patience {
			t.Errorf("%v before %v: looks again in %v, want %v", c.warning, c.left, nap, c.atMost)
		}
	}
}

// TestLeaseEndsWithTheSession holds that no timer keeps a session that has gone.
func TestLeaseEndsWithTheSession(t *testing.T) {
	s, conn := open(t)
	l := New(s, time.Hour)
	renew(l, time.Now().Add(24*time.Hour))
	if !hasTimer(l) {
		t.Fatal("there is no timer")
	}
	_ = conn.Close()
	for deadline := time.Now().Add(patience); hasTimer(l); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the timer is still there")
		}
	}
}

func hasTimer(l *Lease) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.timer != nil
}
