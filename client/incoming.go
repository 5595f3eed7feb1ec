package client

import "sync"

// incoming bounds what the server's messages may keep busy, and keeps the
// notifications of each method in order.
type incoming struct {
	maxCount int
	maxBytes int64

	mu    sync.Mutex
	count int
	bytes int64
	lanes map[string][]task // what waits in each lane; a lane that is there has a goroutine
	group sync.WaitGroup
}

// task is one message to handle.
type task struct {
	size int64
	run  func()
}

func newIncoming(maxCount int, maxBytes int64) *incoming {
	return &incoming{maxCount: maxCount, maxBytes: maxBytes, lanes: make(map[string][]task)}
}

// inOrder runs t after all earlier tasks of its lane. It reports false, and does
// not run it, when there is too much to do already.
func (in *incoming) inOrder(lane string, t task) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.admit(t) {
		return false
	}
	waiting, running := in.lanes[lane]
	in.lanes[lane] = append(waiting, t)
	if !running {
		in.group.Go(func() { in.work(lane) })
	}
	return true
}

// atOnce runs t beside all others, or reports false as inOrder does.
func (in *incoming) atOnce(t task) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.admit(t) {
		return false
	}
	in.group.Go(func() { in.run(t) })
	return true
}

// admit counts t in if there is room. One task there is always room for.
func (in *incoming) admit(t task) bool {
	if in.count >= in.maxCount || in.count > 0 && in.bytes+t.size > in.maxBytes {
		return false
	}
	in.count++
	in.bytes += t.size
	return true
}

// work runs the tasks of a lane until none is left. A task may end the goroutine
// with [runtime.Goexit]: then another one goes on.
func (in *incoming) work(lane string) {
	isOver := false
	defer func() {
		if !isOver {
			in.group.Go(func() { in.work(lane) })
		}
	}()
	for t, ok := in.next(lane); ok; t, ok = in.next(lane) {
		in.run(t)
	}
	isOver = true
}

func (in *incoming) run(t task) {
	defer in.done(t)
	t.run()
}

func (in *incoming) next(lane string) (task, bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	waiting := in.lanes[lane]
	if len(waiting) == 0 {
		delete(in.lanes, lane)
		return task{}, false
	}
	t := waiting[0]
	waiting[0] = task{}
	in.lanes[lane] = waiting[1:]
	return t, true
}

func (in *incoming) done(t task) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.count--
	in.bytes -= t.size
}

// wait returns when nothing runs any more.
func (in *incoming) wait() { in.group.Wait() }
