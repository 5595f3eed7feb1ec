package scale_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// clientsVariable names the environment variable that makes this binary run the
// clients of TestShutdownReachesAll against the address in it.
const clientsVariable = "GFWS_SCALE_CLIENTS"

// farewell is what the clients saw: how many connections ended in which way.
type farewell map[string]int

// inOrder is how a connection must end.
const inOrder = "last message, then 1001, then the end"

// TestShutdownReachesAll shuts down with many clients connected: each gets what
// was queued for it and a close frame, and sees no broken connection.
func TestShutdownReachesAll(t *testing.T) {
	// All at once: at a pace it is easier.
	h := serve(t, ws.Config{DrainRate: ws.Unlimited})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	clients := exec.CommandContext(ctx, os.Args[0])
	clients.Env = append(os.Environ(), clientsVariable+"="+h.addr)
	clients.Stderr = os.Stderr
	out, err := clients.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err = clients.Start(); err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bufio.NewReader(out))
	var connected int
	if err = decoder.Decode(&connected); err != nil || connected != connections {
		t.Fatalf("%d clients connected: %v", connected, err)
	}
	await(t, "the sessions", func() bool { return h.hub.Len() == connections })

	if n, err := h.hub.All().Send(ws.TextMessage("last words")); n != connections || err != nil {
		t.Errorf("broadcast to %d: %v", n, err)
	}
	began := time.Now()
	if err = h.hub.Shutdown(ctx); err != nil {
		t.Error(err)
	}
	t.Logf("shutdown of %d took %s", connections, time.Since(began).Round(time.Millisecond))
	var seen farewell
	if err = decoder.Decode(&seen); err != nil || len(seen) != 1 || seen[inOrder] != connections {
		t.Errorf("clients saw %v (%v), want %d times %q", seen, err, connections, inOrder)
	}
	if err = clients.Wait(); err != nil {
		t.Error(err)
	}
	if opened, closed := h.opened.Load(), h.closed.Load(); opened != connections || closed != connections {
		t.Errorf("%d sessions opened, %d closed", opened, closed)
	}
}

// runClients connects all clients, says how many there are, and how they ended.
func runClients(addr string) int {
	out := json.NewEncoder(os.Stdout)
	all := make([]*connection, connections)
	err := spread(connections, func(i int) (err error) {
		all[i], err = connect(addr)
		return err
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	_ = out.Encode(len(all))
	var (
		mu      sync.Mutex
		waiting sync.WaitGroup
		seen    = make(farewell)
	)
	for _, c := range all {
		waiting.Go(func() {
			end := c.watch()
			mu.Lock()
			defer mu.Unlock()
			seen[end]++
		})
	}
	waiting.Wait()
	_ = out.Encode(seen)
	return 0
}

// watch answers the server's close frame and tells how the connection ended.
func (c *connection) watch() string {
	defer c.Close()
	message, err := rawframe.Read(c.in)
	if err != nil || message.Payload != "last words" {
		return fmt.Sprintf("no last message: %v %v", message, err)
	}
	closing, err := rawframe.Read(c.in)
	if err != nil || closing.Opcode != rawframe.Close || len(closing.Payload) < 2 {
		return fmt.Sprintf("no close frame: %v %v", closing, err)
	}
	if err = c.send(rawframe.Frame{Opcode: rawframe.Close, Payload: closing.Payload[:2]}); err != nil {
		return fmt.Sprintf("close frame not taken: %v", err)
	}
	if f, err := rawframe.Read(c.in); err == nil || err.Error() != "EOF" {
		return fmt.Sprintf("no end: %v %v", f, err)
	}
	if closing.Payload[:2] != rawframe.CloseBody(1001, "") {
		return fmt.Sprintf("closed with %q", closing.Payload)
	}
	return inOrder
}
