package syncbuffer_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/gfws/gf-websocket/utility/syncbuffer"
)

// TestBuffer writes lines from many goroutines while others read: none is torn
// and none is lost.
func TestBuffer(t *testing.T) {
	const writers, lines = 8, 200
	var buffer syncbuffer.Buffer
	if buffer.String() != "" {
		t.Errorf("it begins with %q", buffer.String())
	}
	var group sync.WaitGroup
	for range writers {
		group.Go(func() {
			for range lines {
				if n, err := fmt.Fprintln(&buffer, "one line"); n != 9 || err != nil {
					t.Errorf("wrote %d bytes, %v", n, err)
				}
				if text := buffer.String(); !strings.HasPrefix(text, "one line\n") {
					t.Errorf("read %.20q", text)
				}
			}
		})
	}
	group.Wait()
	if buffer.String() != strings.Repeat("one line\n", writers*lines) {
		t.Error("lines are torn or lost")
	}
}
