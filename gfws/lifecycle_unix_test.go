//go:build unix

package gfws_test

import (
	"errors"
	"net/http"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// signal sends the process a signal.
func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// TestSignalled holds for each kind of host what a signal does: every client is
// told 1001, the process leaves by itself, and Remove runs as often as ghttp
// calls it.
func TestSignalled(t *testing.T) {
	for _, c := range []struct {
		role    string
		servers int
		signal  syscall.Signal
		removes int
	}{
		{"run", 1, syscall.SIGTERM, 1},
		{"run", 1, syscall.SIGINT, 1},
		{"wait, drain on signal", 1, syscall.SIGTERM, 0},
		{"wait, shutdown after it", 1, syscall.SIGTERM, 0},
		{"wait for two, drain on signal", 2, syscall.SIGTERM, 1},
	} {
		t.Run(c.role+" "+c.signal.String(), func(t *testing.T) {
			p := startProcess(t, c.role)
			var peers []*peer
			for range c.servers {
				_, address := p.serving()
				peers = append(peers, dialProcess(t, address), dialProcess(t, address))
			}
			p.signal(c.signal)
			for _, peer := range peers {
				peer.expectClose(websocket.CloseGoingAway, "shutting down")
			}
			said := p.ended(patience)
			if said["returned"] != 1 || said["closed"] != len(peers) {
				t.Errorf("the host did not end by itself when all were closed: %v", said)
			}
			if said["remove"] != c.removes {
				t.Errorf("ghttp called Remove %d times, the table says %d", said["remove"], c.removes)
			}
		})
	}
}

// TestSignalledWhileWaiting is the row that ghttp leaves out: a host that waits
// and neither asks for DrainOnSignal nor calls Shutdown. The process must end;
// its clients are told 1001 or see the connection break, whichever comes first:
// ghttp.Wait returns while the closing is under way, and main with it.
func TestSignalledWhileWaiting(t *testing.T) {
	for role, servers := range map[string]int{"wait": 1, "wait for two": 2} {
		t.Run(role, func(t *testing.T) {
			p := startProcess(t, role)
			var peers []*peer
			for range servers {
				_, address := p.serving()
				peers = append(peers, dialProcess(t, address))
			}
			p.signal(syscall.SIGTERM)
			for _, peer := range peers {
				_ = peer.SetReadDeadline(time.Now().Add(patience))
				_, _, err := peer.ReadMessage()
				t.Logf("%s: the client saw %v", role, err)
				if !websocket.IsCloseError(err, websocket.CloseGoingAway, websocket.CloseAbnormalClosure) && !errors.Is(err, syscall.ECONNRESET) {
					t.Errorf("the client saw %v", err)
				}
				_ = peer.Close()
			}
			if said := p.ended(patience); said["returned"] != 1 {
				t.Error("the host did not end by itself")
			}
		})
	}
}

// TestShutdownWhileRunning calls Remove twice, which must be the same as once.
func TestShutdownWhileRunning(t *testing.T) {
	p := startProcess(t, "run, shut down")
	_, address := p.serving()
	peer := dialProcess(t, address)
	p.tell("shutdown")
	peer.expectClose(websocket.CloseGoingAway, "shutting down")
	said := p.ended(patience)
	if said["returned"] != 1 || said["remove"] != 2 || said["removed"] != 2 {
		t.Errorf("the host said %v", said)
	}
}

// TestShutdownAlone drains while the listeners are still open: who comes then is
// told to come again.
func TestShutdownAlone(t *testing.T) {
	p := startProcess(t, "start, shut down")
	_, address := p.serving()
	peer := dialProcess(t, address)
	p.tell("shutdown")
	p.await("remove")
	h := &host{t: t, addr: address}
	waitFor(t, "a refusal", func() bool {
		late, res, _ := h.tryDial("/ws")
		if late != nil {
			_ = late.Close()
			return false
		}
		return res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") != ""
	})
	peer.expectClose(websocket.CloseGoingAway, "shutting down")
	p.await("shutdown")
	p.tell("exit")
	if said := p.ended(patience); said["remove"] != 1 {
		t.Errorf("the host said %v", said)
	}
}

// TestReload hands the listener to a new process: new clients reach that, and
// old ones are told 1001.
func TestReload(t *testing.T) {
	p := startProcess(t, "run, reload")
	oldPID, address := p.serving()
	peer := dialProcess(t, address)
	p.signal(syscall.SIGUSR1)
	newPID, reloaded := p.serving()
	child, err := strconv.Atoi(newPID)
	if err != nil || newPID == oldPID || reloaded != address {
		t.Fatalf("process %s at %s became %s at %s: %v", oldPID, address, newPID, reloaded, err)
	}
	t.Cleanup(func() { _ = syscall.Kill(child, syscall.SIGKILL) })

	peer.expectClose(websocket.CloseGoingAway, "shutting down")
	p.await("returned")
	if err := <-p.done; err != nil {
		t.Errorf("the old process ended with %v", err)
	}
	h := &host{t: t, addr: address}
	if _, body := h.ask(http.MethodGet, "/pid"); body != newPID {
		t.Errorf("process %s answers, want %s", body, newPID)
	}
	late := dialProcess(t, address)
	if err := syscall.Kill(child, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	late.expectClose(websocket.CloseGoingAway, "shutting down")
	p.await("returned")
}
