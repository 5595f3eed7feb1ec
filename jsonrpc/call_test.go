package jsonrpc_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/jsonrpc"
)

type waitReq struct {
	g.Meta `rpc:"wait"`
	Name   string
}

type orderedReq struct {
	g.Meta `rpc:"ordered" order:"true"`
	Name   string
}

type shortReq struct {
	g.Meta `rpc:"short" timeout:"1ms"`
}

type endlessReq struct {
	g.Meta `rpc:"endless" timeout:"off"`
}

// gate has handlers that tell when they begin, and go on when they are told.
type gate struct {
	began, ended chan string
	open         chan struct{}
	running      atomic.Int32
	most         atomic.Int32
}

func newGate() *gate {
	return &gate{began: make(chan string, 1000), ended: make(chan string, 1000), open: make(chan struct{})}
}

func (w *gate) Wait(ctx context.Context, req *waitReq) (string, error) {
	return w.pass(ctx, req.Name)
}

func (w *gate) Ordered(ctx context.Context, req *orderedReq) (string, error) {
	return w.pass(ctx, req.Name)
}

func (w *gate) Short(ctx context.Context, _ *shortReq) (string, error) { return w.pass(ctx, "short") }

func (w *gate) Endless(ctx context.Context, _ *endlessReq) (bool, error) {
	_, limited := ctx.Deadline()
	return limited, nil
}

func (w *gate) pass(ctx context.Context, name string) (string, error) {
	running := w.running.Add(1)
	defer w.running.Add(-1)
	for most := w.most.Load(); running > most && !w.most.CompareAndSwap(most, running); most = w.most.Load() {
	}
	w.began <- name
	select {
	case <-w.open:
		return name, nil
	case <-ctx.Done():
		w.ended <- name
		return "", ctx.Err()
	}
}

func call(id int, method, name string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":{"name":%q}}`, id, method, name)
}

func TestSlowCallDelaysNoOther(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate, echo})).dial(t, nil)
	p.send(call(1, "wait", "slow"))
	waitFor(t, "beginning", gate.began)
	sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":2,"method":"echo","params":[2]}`), `{"jsonrpc":"2.0","id":2,"result":2}`)
	close(gate.open)
	sameJSON(t, p.receive(), `{"jsonrpc":"2.0","id":1,"result":"slow"}`)
}

func TestConcurrencyQueueAndBusy(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate}, jsonrpc.Concurrency(2), jsonrpc.Queue(3))).dial(t, nil)
	for i := range 6 {
		p.send(call(i, "wait", "x"))
	}
	waitFor(t, "first", gate.began)
	waitFor(t, "second", gate.began)
	sameJSON(t, p.receive(), `{"jsonrpc":"2.0","id":5,"error":{"code":63,"message":"too many calls at once"}}`)
	close(gate.open)
	for range 5 {
		if got := p.receive(); !strings.Contains(got, `"result":"x"`) {
			t.Errorf("got %s", got)
		}
	}
	if most := gate.most.Load(); most != 2 {
		t.Errorf("%d ran at once", most)
	}
}

// TestOrder sends ordered calls behind each other while others pass them.
func TestOrder(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate, echo}, jsonrpc.Concurrency(4))).dial(t, nil)
	for i := range 20 {
		p.send(call(i, "ordered", fmt.Sprint(i)))
	}
	if got := waitFor(t, "beginning", gate.began); got != "0" {
		t.Errorf("%s began first", got)
	}
	sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":"x","method":"echo"}`), `{"jsonrpc":"2.0","id":"x","result":null}`)
	close(gate.open)
	for i := range 20 {
		sameJSON(t, p.receive(), fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":"%d"}`, i, i))
	}
	if most := gate.most.Load(); most != 1 {
		t.Errorf("%d ran at once", most)
	}
}

type inlineEchoReq struct {
	g.Meta `rpc:"inline" inline:"true"`
	Name   string `v:"required"`
}

func inlineEcho(_ context.Context, req *inlineEchoReq) (string, error) {
	if req.Name == "panic" {
		panic("inline")
	}
	return req.Name, nil
}

// TestInline answers in order, alone and in batches.
func TestInline(t *testing.T) {
	p := serve(t, newRouter(t, []any{inlineEcho, echo})).dial(t, nil)
	for i := range 20 {
		p.send(call(i, "inline", fmt.Sprint(i)))
	}
	for i := range 20 {
		sameJSON(t, p.receive(), fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":"%d"}`, i, i))
	}
	sameJSON(t, p.ask(call(1, "inline", "panic")), `{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error"}}`)
	sameJSON(t, p.ask(`[`+call(1, "echo", "")+`,`+call(2, "inline", "b")+`,`+call(3, "inline", "panic")+`]`),
		`[{"jsonrpc":"2.0","id":1,"result":null},{"jsonrpc":"2.0","id":2,"result":"b"},{"jsonrpc":"2.0","id":3,"error":{"code":-32603,"message":"Internal error"}}]`)
}

func TestCancel(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate}, jsonrpc.Concurrency(1))).dial(t, nil)
	p.send(call(1, "wait", "running"))
	waitFor(t, "beginning", gate.began)
	p.send(call(2, "wait", "waiting"))
	const cancelled = `{"jsonrpc":"2.0","id":%d,"error":{"code":-32800,"message":"Request cancelled"}}`
	p.send(`{"jsonrpc":"2.0","method":"$/cancel","params":{"id":2}}`)
	p.send(`{"jsonrpc":"2.0","method":"$/cancel","params":{"id":"1"}}`) // another id than 1
	p.send(`{"jsonrpc":"2.0","method":"$/cancel","params":[1]}`)
	p.send(`{"jsonrpc":"2.0","method":"$/cancel"}`)
	p.send(`{"jsonrpc":"2.0","method":"$/cancel","params":{"id":1}}`)
	sameJSON(t, p.receive(), fmt.Sprintf(cancelled, 1))
	sameJSON(t, p.receive(), fmt.Sprintf(cancelled, 2))
	if got := waitFor(t, "end", gate.ended); got != "running" || len(gate.began) > 0 {
		t.Errorf("%s ended, %d began", got, len(gate.began))
	}
}

func TestTimeout(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate})).dial(t, nil)
	sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":1,"method":"short"}`),
		`{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"Request timed out"}}`)
	sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":1,"method":"endless"}`), `{"jsonrpc":"2.0","id":1,"result":false}`)
}

func TestDisconnectEndsCalls(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate})).dial(t, nil)
	p.send(call(1, "wait", "left"))
	waitFor(t, "beginning", gate.began)
	_ = p.Close()
	if got := waitFor(t, "end", gate.ended); got != "left" {
		t.Errorf("%s ended", got)
	}
}

// TestBatchIsAnsweredAtOnce answers in the order of the requests, whichever
// ends first, and tells of those that found no room.
func TestBatchIsAnsweredAtOnce(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate, echo}, jsonrpc.Concurrency(2), jsonrpc.Queue(1))).dial(t, nil)
	p.send(`[` + call(1, "wait", "a") + `,` + call(2, "echo", "") + `,{"jsonrpc":"2.0","method":"echo"},1]`)
	waitFor(t, "beginning", gate.began)
	close(gate.open)
	sameJSON(t, p.receive(), `[{"jsonrpc":"2.0","id":1,"result":"a"},{"jsonrpc":"2.0","id":2,"result":null},
		{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid Request"}}]`)
}
