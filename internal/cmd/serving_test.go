package cmd

import (
	"net"
	"testing"
	"time"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/utility/devcert"
)

// TestWaitUntilServing holds that every listener is served when it returns, so
// that a Shutdown which comes at once stops them all.
func TestWaitUntilServing(t *testing.T) {
	files, err := devcert.Ensure(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []listen{
		{address: ":0"},
		{address: "127.0.0.1:0,127.0.0.1:0"},
		{address: "127.0.0.1:0", certPath: files.CertPath, keyPath: files.KeyPath},
		{address: "127.0.0.1:0,127.0.0.1:0", httpsAddress: "127.0.0.1:0,127.0.0.1:0", certPath: files.CertPath, keyPath: files.KeyPath},
	} {
		for range 5 {
			s := startListening(t, &l)
			endpoints := l.endpoints(s)
			if want := len(s.GetListenedPorts()); len(endpoints) != want {
				t.Fatalf("%+v: %d endpoints, want %d", l, len(endpoints), want)
			}
			if err = s.Shutdown(); err != nil {
				t.Fatal(err)
			}
			for _, e := range endpoints {
				if conn, err := net.DialTimeout("tcp", e.address, time.Second); err == nil {
					_ = conn.Close()
					t.Errorf("%+v: %s is still served", l, e.address)
				}
			}
		}
	}
}

// TestWaitUntilServingGivesUp holds that a machine which cannot reach itself
// starts all the same.
func TestWaitUntilServingGivesUp(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := closed.Addr().String()
	_ = closed.Close()
	for _, secure := range []bool{false, true} {
		if (endpoint{address, secure}).answers(time.Now().Add(time.Second)) {
			t.Error("an address that nobody listens on answers")
		}
	}
	if s := (&ghttp.Server{}); len((&listen{}).endpoints(s)) != 0 {
		t.Error("a server that does not listen has endpoints")
	}
}
