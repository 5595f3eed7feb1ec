package backlog_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
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

// presence are the rooms that somebody is in, and tells a book of it.
type presence struct {
	rooms map[string]bool
	book  *backlog.Book[uint64]
}

func newPresence(bounds backlog.Bounds) *presence {
	p := &presence{rooms: make(map[string]bool)}
	p.book = backlog.New[uint64](bounds, func(room string) bool { return p.rooms[room] })
	return p
}

func (p *presence) join(room string) {
	p.rooms[room] = true
	p.book.Joined(room)
}

func (p *presence) leave(room string) {
	delete(p.rooms, room)
	p.book.Left(room)
}

// TestEmptyRoomsAreForgotten has something happen around the end of the time
// for which an empty room is kept, and asks what is left of its one entry.
func TestEmptyRoomsAreForgotten(t *testing.T) {
	const keep = time.Minute
	tests := []struct {
		name string
		live func(p *presence)
		want []uint64
	}{
		{"quiet with somebody in it", func(p *presence) {
			time.Sleep(100 * keep)
			add(p.book, "other", 1)
		}, []uint64{1}},
		{"left long after the entry", func(p *presence) {
			time.Sleep(100 * keep)
			p.leave("a")
			time.Sleep(keep)
			add(p.book, "other", 1)
		}, []uint64{1}},
		{"left for too long", func(p *presence) {
			p.leave("a")
			time.Sleep(keep + time.Second)
			add(p.book, "other", 1)
		}, []uint64{}},
		{"left for too long where nobody speaks", func(p *presence) {
			p.leave("a")
			time.Sleep(keep + time.Second)
		}, []uint64{}},
		{"joined too late", func(p *presence) {
			p.leave("a")
			time.Sleep(keep + time.Second)
			p.join("a")
		}, []uint64{}},
		{"joined too late, and not told yet", func(p *presence) {
			p.leave("a")
			time.Sleep(keep + time.Second)
			p.rooms["a"] = true
		}, []uint64{}},
		{"joined in time", func(p *presence) {
			p.leave("a")
			time.Sleep(keep)
			p.join("a")
			time.Sleep(100 * keep)
			add(p.book, "other", 1)
		}, []uint64{1}},
		{"left by one of two", func(p *presence) {
			p.book.Left("a")
			time.Sleep(100 * keep)
			add(p.book, "other", 1)
		}, []uint64{1}},
		{"left, and not told yet", func(p *presence) {
			time.Sleep(100 * keep)
			delete(p.rooms, "a")
			add(p.book, "other", 1)
			p.leave("a")
			time.Sleep(keep)
		}, []uint64{1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPresence(backlog.Bounds{Entries: 3, Bytes: 1 << 20, Keep: keep})
				p.join("a")
				add(p.book, "a", 1)
				tt.live(p)
				if got := p.book.Last("a", 9); !slices.Equal(got, tt.want) {
					t.Errorf("the room has %v, want %v", got, tt.want)
				}
				want := uint64(len(tt.want)) + 1
				if seq := add(p.book, "a", 1); seq != want {
					t.Errorf("it counts on with %d, want %d", seq, want)
				}
			})
		})
	}
}

// TestEmptyRoomsAreLetGo leaves a room to which somebody has still spoken, as
// one who is on the way out may, and many others.
func TestEmptyRoomsAreLetGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPresence(bounds)
		for i := range 40 {
			room := fmt.Sprint(i)
			p.join(room)
			add(p.book, room, 1)
			p.leave(room)
		}
		add(p.book, "left", 1)
		time.Sleep(bounds.Keep + time.Second)
		add(p.book, "other", 1)
		if n := p.book.Len(); n != 1 {
			t.Errorf("%d rooms are remembered, want 1", n)
		}
	})
}

// TestRoomsComeAndGo joins, leaves, speaks and asks from many goroutines, with
// bounds that make the book forget an empty room at once, and others soon.
func TestRoomsComeAndGo(t *testing.T) {
	const rooms = 4
	var members [rooms]atomic.Int64
	of := func(room string) *atomic.Int64 { return &members[room[0]-'0'] }
	b := backlog.New[uint64](backlog.Bounds{Entries: 4, Bytes: 1 << 10, Keep: -1},
		func(room string) bool { return of(room).Load() > 0 })
	var all sync.WaitGroup
	for i := range 4 * rooms {
		room := fmt.Sprint(i % rooms)
		all.Go(func() {
			for range 200 {
				of(room).Add(1)
				b.Joined(room)
				last := add(b, room, 10)
				for _, seq := range b.Last(room, 4) {
					if seq == 0 {
						t.Error("an entry without a number")
					}
				}
				if seq := add(b, room, 10); seq <= last {
					t.Errorf("%d after %d with somebody in the room", seq, last)
				}
				of(room).Add(-1)
				b.Left(room)
			}
		})
	}
	all.Wait()
	for i := range rooms {
		if got := b.Last(fmt.Sprint(i), 4); len(got) != 0 {
			t.Errorf("the empty room %d has %v", i, got)
		}
	}
	if n := b.Len(); n != 0 {
		t.Errorf("%d rooms are remembered", n)
	}
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
