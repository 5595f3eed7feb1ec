package ws_test

import (
	"strconv"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// TestDroppingPolicies stalls a peer, queues more than fits, and looks at what
// it gets once it reads again.
func TestDroppingPolicies(t *testing.T) {
	const enough, fits, size = 100, 8, 64 << 10
	tests := []struct {
		name   string
		policy ws.QueuePolicy
		check  func(t *testing.T, sent int, got []int)
	}{
		{"oldest", ws.DropOldest, func(t *testing.T, sent int, got []int) {
			for i := range fits / 2 {
				if want := sent - 1 - i; got[len(got)-1-i] != want {
					t.Errorf("message %d from the end is %d, want %d", i, got[len(got)-1-i], want)
				}
			}
		}},
		{"newest", ws.DropNewest, func(t *testing.T, _ int, got []int) {
			for i, n := range got[:fits-1] {
				if n != i {
					t.Fatalf("message %d is %d, though there was room for it", i, n)
				}
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, ws.Config{QueueFull: tt.policy, QueueMessages: fits, QueueBytes: fits * size}, echo)
			p := s.connect(t)
			session := waitFor(t, "OnOpen", s.opened)
			payload := make([]byte, size)
			sent := 0
			for ; s.hub.Stats().Dropped < enough; sent++ {
				copy(payload, strconv.Itoa(sent)+" ")
				if err := session.Send(ws.BinaryMessage(payload)); err != nil {
					t.Fatalf("message %d: %v", sent, err)
				}
			}
			dropped := s.hub.Stats().Dropped
			var got []int
			for range sent - int(dropped) {
				f := p.read()
				var n int
				for _, c := range f.payload {
					if c == ' ' {
						break
					}
					n = n*10 + int(c-'0')
				}
				if len(got) > 0 && n <= got[len(got)-1] {
					t.Fatalf("message %d came after %d", n, got[len(got)-1])
				}
				got = append(got, n)
			}
			tt.check(t, sent, got)
		})
	}
}
