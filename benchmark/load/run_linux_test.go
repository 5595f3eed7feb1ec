package load

import (
	"io"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// serveRaw answers each read of a connection by what answer makes of it, and
// closes the connection where that is nil.
func serveRaw(t *testing.T, answer func(data []byte) []byte) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go answerRaw(conn, answer)
		}
	}()
	return listener.Addr().String()
}

func answerRaw(conn net.Conn, answer func([]byte) []byte) {
	defer conn.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := conn.Read(buffer)
		if err != nil {
			return
		}
		data := answer(buffer[:n])
		if data == nil {
			return
		}
		if _, err = conn.Write(data); err != nil {
			return
		}
	}
}

func rawSpec(address string) Spec {
	return Spec{
		Kind: Echo, Address: address, PID: os.Getpid(), Raw: true, Connections: 4, Size: 128, InFlight: 8,
		Warmup: 20 * time.Millisecond, WarmupMessages: 50, Duration: 50 * time.Millisecond,
	}
}

func TestEchoIsCounted(t *testing.T) {
	address := serveRaw(t, func(data []byte) []byte { return data })
	for _, batched := range []bool{false, true} {
		spec := rawSpec(address)
		spec.Batched = batched
		result, err := Run(spec, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if result.Stuck || result.Messages == 0 || result.Elapsed < spec.Duration || result.P50 == 0 || result.P99 < result.P50 {
			t.Errorf("batched %t: %+v", batched, result)
		}
	}
}

func TestWrongEchoesAreErrors(t *testing.T) {
	for name, c := range map[string]struct {
		answer func([]byte) []byte
		want   string
	}{
		"other content": {func(data []byte) []byte { data[len(data)-1] ^= 1; return data }, "other content"},
		"twice the same": {func(data []byte) []byte {
			return append(data[:128:128], data...)
		}, "is next"},
		"the connection closed": {func([]byte) []byte { return nil }, "connection"},
	} {
		result, err := Run(rawSpec(serveRaw(t, c.answer)), nil, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
	}
}

func TestSilenceIsStuck(t *testing.T) {
	result, err := Run(rawSpec(serveRaw(t, func([]byte) []byte { return []byte{} })), nil, nil)
	if err != nil || !result.Stuck {
		t.Fatalf("%+v, %v", result, err)
	}
}

func TestIdleHoldsItsConnectionsUntilReleased(t *testing.T) {
	address := serveRaw(t, func(data []byte) []byte { return data })
	spec := rawSpec(address)
	spec.Kind = Idle
	told := 0
	release := &gate{}
	_, err := Run(spec, func() error { told++; release.open = true; return nil }, release)
	if err != nil || told != 1 {
		t.Fatalf("told %d times, %v", told, err)
	}
	if release.early {
		t.Error("it asked for its release before it was ready")
	}
}

// gate is at its end once it is open.
type gate struct{ open, early bool }

func (g *gate) Read([]byte) (int, error) {
	g.early = g.early || !g.open
	return 0, io.EOF
}

func TestIdleNoticesConnectionsThatWereNotKept(t *testing.T) {
	// Four connections are answered once each, and no more.
	var answered atomic.Int32
	address := serveRaw(t, func(data []byte) []byte {
		if answered.Add(1) > 4 {
			return nil
		}
		return data
	})
	spec := rawSpec(address)
	spec.Kind = Idle
	_, err := Run(spec, func() error { return nil }, strings.NewReader(""))
	if err == nil || !strings.Contains(err.Error(), "was not kept") {
		t.Fatal(err)
	}
}

func TestRunRefusesWhatItCannotMeasure(t *testing.T) {
	for name, change := range map[string]func(*Spec){
		"too small":             func(s *Spec) { s.Size = MinSize - 1 },
		"all stalled":           func(s *Spec) { s.Stalled = s.Connections },
		"another kind":          func(s *Spec) { s.Kind = "chat" },
		"a broadcast over TLS":  func(s *Spec) { s.Kind, s.TLS = Broadcast, true },
		"TLS and many messages": func(s *Spec) { s.TLS = true },
	} {
		spec := rawSpec("127.0.0.1:1")
		change(&spec)
		if _, err := Run(spec, nil, nil); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
