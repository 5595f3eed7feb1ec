package backlog_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gfws/gf-websocket/internal/backlog"
)

// bounds are roomy where a test does not say otherwise.
var bounds = backlog.Bounds{Entries: 3, Bytes: 1 << 20, Keep: time.Minute}

func nobody(string) bool { return false }

func add(b *backlog.Book[uint64], room string, size int) uint64 {
	return b.Add(room, size, func(seq uint64) uint64 { return seq }, func(uint64) {})
}

func TestLast(t *testing.T) {
	tests := []struct {
		added, asked int
		want         []uint64
	}{
		{0, 5, []uint64{}},
		{1, 5, []uint64{1}},
		{3, 2, []uint64{2, 3}},
		{4, 3, []uint64{2, 3, 4}},
		{8, 2, []uint64{7, 8}},
		{8, 0, []uint64{}},
		{8, -1, []uint64{}},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%d of %d", tt.asked, tt.added), func(t *testing.T) {
			b := backlog.New[uint64](bounds, nobody)
			for i := range tt.added {
				if seq := add(b, "a", 1); seq != uint64(i)+1 {
					t.Fatalf("entry %d has number %d", i, seq)
				}
				add(b, "other", 1)
			}
			if got := b.Last("a", tt.asked); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// TestAskingRemembersNothing asks for rooms that nobody has heard of.
func TestAskingRemembersNothing(t *testing.T) {
	b := backlog.New[uint64](bounds, nobody)
	for i := range 100 {
		b.Last(fmt.Sprint(i), 10)
	}
	if n := b.Len(); n != 0 {
		t.Errorf("%d rooms are remembered", n)
	}
}

// TestEmptyRoomsAreForgotten leaves one room quiet with somebody in it and one
// without.
func TestEmptyRoomsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := backlog.New[uint64](bounds, func(room string) bool { return room == "busy" })
		add(b, "busy", 1)
		add(b, "empty", 1)
		time.Sleep(bounds.Keep)
		add(b, "busy", 1)
		if n := b.Len(); n != 2 {
			t.Errorf("%d rooms are remembered at the end of the time, want 2", n)
		}
		time.Sleep(time.Second)
		add(b, "other", 1)
		if got := b.Last("empty", 9); len(got) != 0 {
			t.Errorf("the empty room still has %v", got)
		}
		time.Sleep(time.Hour)
		add(b, "other", 1)
		if seq := add(b, "busy", 1); seq != 3 {
			t.Errorf("the room in which somebody is counts on with %d, want 3", seq)
		}
	})
}

// TestBytesAreBounded says large things in many rooms. Those in which somebody
// is lose what was said, but not their count.
func TestBytesAreBounded(t *testing.T) {
	b := backlog.New[uint64](backlog.Bounds{Entries: 100, Bytes: 100 << 10, Keep: time.Hour}, func(room string) bool { return room == "busy" })
	add(b, "busy", 1<<10)
	for i := range 1000 {
		add(b, fmt.Sprint(i), 10<<10)
		if n := b.Len(); n > 12 {
			t.Fatalf("%d rooms are remembered", n)
		}
	}
	if got := b.Last("busy", 9); len(got) != 0 {
		t.Errorf("the oldest room still has %v", got)
	}
	if seq := add(b, "busy", 1); seq != 2 {
		t.Errorf("it counts on with %d, want 2", seq)
	}
	if got := b.Last("999", 9); !slices.Equal(got, []uint64{1}) {
		t.Errorf("the newest has %v", got)
	}
}

// TestOneTooLargeIsNotKept adds an entry that is larger than all may be.
func TestOneTooLargeIsNotKept(t *testing.T) {
	b := backlog.New[uint64](backlog.Bounds{Entries: 10, Bytes: 1 << 10, Keep: time.Hour}, nobody)
	for range 3 {
		add(b, "a", 1<<20)
		if n := b.Len(); n != 0 {
			t.Errorf("%d rooms are remembered", n)
		}
	}
}

// TestSentInOrder adds from many goroutines, and forgets other rooms meanwhile.
func TestSentInOrder(t *testing.T) {
	const adders, each = 8, 200
	b := backlog.New[uint64](backlog.Bounds{Entries: 10, Bytes: 8 << 10, Keep: time.Hour}, func(room string) bool { return room == "a" })
	var sent []uint64 // by the order that Add keeps
	var all sync.WaitGroup
	for adder := range adders {
		all.Go(func() {
			for i := range each {
				b.Add("a", 100, func(seq uint64) uint64 { return seq }, func(seq uint64) { sent = append(sent, seq) })
				add(b, fmt.Sprint(adder, i), 100)
			}
		})
	}
	all.Wait()
	if len(sent) != adders*each {
		t.Fatalf("%d were sent, want %d", len(sent), adders*each)
	}
	for i, seq := range sent {
		if seq != uint64(i)+1 {
			t.Fatalf("the message at place %d has number %d", i, seq)
		}
	}
}

// TestPanicLeavesTheBookUsable panics where an entry is sent.
func TestPanicLeavesTheBookUsable(t *testing.T) {
	b := backlog.New[uint64](bounds, nobody)
	func() {
		defer func() { _ = recover() }()
		b.Add("a", 1, func(seq uint64) uint64 { return seq }, func(uint64) { panic("on purpose") })
	}()
	if seq := add(b, "a", 1); seq != 2 {
		t.Errorf("the next number is %d, want 2", seq)
	}
}
