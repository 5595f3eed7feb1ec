package browser_test

import (
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
)

var countdown = regexp.MustCompile(`^retry in (\d+) s$`)

func (p *tab) secondsLeft() int {
	p.Helper()
	found := countdown.FindStringSubmatch(p.text("[part=phase]"))
	if found == nil {
		return 0
	}
	seconds, err := strconv.Atoi(found[1])
	if err != nil {
		p.Fatalf("countdown: %v", err)
	}
	return seconds
}

func TestKilledServerIsNoticedAndComesBack(t *testing.T) {
	s := server.Start(t)
	p := newTabWith(t, noticing, s.URL)
	p.send("before")
	p.awaitEchoes(1)

	s.Kill()
	if took := p.secondsToNotice(); took > 1 {
		t.Errorf("shown %.3f s after it was known", took)
	}
	if got := p.text("[part=reason]"); !strings.Contains(got, "1006") || !strings.Contains(got, "killed") {
		t.Errorf("reason %q does not say what 1006 means", got)
	}
	p.awaitEvent("Closed: 1006")
	p.await("countdown", func() bool { return p.secondsLeft() > 0 })

	s.Restart()
	p.awaitStateWithin(20*time.Second, "open")
	p.send("after")
	if got := p.awaitEchoes(2)[1].Body; got != "after" {
		t.Errorf("echo %q", got)
	}
	if got := p.text("[part=reason]"); got != "" {
		t.Errorf("reason %q while open", got)
	}
}

func TestReconnectNowCutsTheWaitShort(t *testing.T) {
	s := server.Start(t)
	p := newTabWith(t, waiting, s.URL)
	s.Kill()
	p.awaitState("waiting")
	s.Restart()
	if state := p.state(); state != "waiting" {
		t.Fatalf("state %q before the button was pressed", state)
	}
	p.click(here + "[part=reconnect]")
	p.awaitState("open")
}

// A phone that wakes up, or a network that is back, need not wait.
func TestGoodMomentsAreTried(t *testing.T) {
	s := server.Start(t)
	p := newTabWith(t, waiting, s.URL)
	s.Kill()
	for _, moment := range []string{
		"dispatchEvent(new Event('online'))",
		"dispatchEvent(new Event('pageshow'))",
		"document.dispatchEvent(new Event('visibilitychange'))",
	} {
		p.awaitState("waiting")
		before := p.watch.socketCount()
		evaluate[any](p, moment)
		p.await("try after "+moment, func() bool { return p.watch.socketCount() == before+1 })
	}
}

func TestFailedTriesAreToldOnce(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	s.Kill()
	p.awaitWithin(30*time.Second, "third wait", func() bool { return p.secondsLeft() >= 4 })
	if events := p.rowsOf("event"); len(events) != 2 {
		t.Errorf("events %+v, want connected and closed alone", events)
	}
}

func TestStopTryingIsKept(t *testing.T) {
	s := server.Start(t)
	p := newTabWith(t, waiting, s.URL)
	s.Kill()
	p.awaitState("waiting")
	p.click(here + "[part=toggle]")
	p.awaitState("closed")
	p.awaitEvent("Stopped trying")
	s.Restart()
	p.click(here + "[part=toggle]")
	p.awaitState("open")
}

func TestServerShuttingDownIsSaidInWords(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	s.Signal(syscall.SIGTERM)
	p.awaitState("waiting")
	if got := p.text("[part=reason]"); !strings.Contains(got, "1001") || !strings.Contains(got, "shutting down") {
		t.Errorf("reason %q does not say what 1001 means", got)
	}
	p.awaitEvent("Closed: 1001, going away, the server is shutting down.")
}

func TestDisconnectClosesWithoutComingBack(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.click(here + "[part=toggle]")
	p.awaitState("closed")
	p.awaitEvent("You closed the connection: 1000, normal closure")
	if got := p.text(here + "[part=toggle]"); got != "Connect" {
		t.Errorf("button %q, want Connect", got)
	}
	p.click(here + "[part=toggle]")
	p.awaitState("open")
}

// TestAPageComeBackToConnectsAgain after the browser has kept it, without its
// sockets.
func TestAPageComeBackToConnectsAgain(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	evaluate[any](p, `globalThis.isTheSame = true, null`)
	p.navigate(s.URL + "/healthz")
	evaluate[any](p, `history.back(), null`)
	p.awaitState("open")
	if !evaluate[bool](p, `globalThis.isTheSame === true`) {
		t.Fatal("the browser has not kept the page")
	}
	p.await("three events", func() bool { return len(p.rowsOf("event")) == 3 })
	if got := p.rowsOf("event")[1].Body; got != "You closed the connection: 1000, you left this page." {
		t.Errorf("the log says %q", got)
	}
}

// TestTheCountdownCountsDown to the moment of the next try, second by second.
func TestTheCountdownCountsDown(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	evaluate[any](p, `(() => {
		globalThis.phases = [];
		new MutationObserver(() => phases.push(document.querySelector('[part=phase]').textContent))
			.observe(document.querySelector('[part=phase]'), { childList: true, characterData: true, subtree: true });
	})(), null`)
	s.Kill()
	p.awaitWithin(30*time.Second, "wait of some seconds", func() bool { return p.secondsLeft() >= 4 })
	p.awaitWithin(30*time.Second, "end of it", func() bool { return p.secondsLeft() == 1 })
	var counted []string
	for _, phase := range evaluate[[]string](p, `phases`) {
		if found := countdown.FindStringSubmatch(phase); found != nil {
			counted = append(counted, found[1])
		}
	}
	if got := strings.Join(counted, " "); !strings.HasSuffix(got, "4 3 2 1") {
		t.Errorf("counted %s, want down to 1", got)
	}
}
