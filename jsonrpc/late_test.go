package jsonrpc_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/jsonrpc"
)

type goneReq struct {
	g.Meta `rpc:"gone"`
}

// gone ends its goroutine, as a failing check of a test would.
func gone(context.Context, *goneReq) (*struct{}, error) {
	runtime.Goexit()
	return nil, nil
}

type bombReq struct {
	g.Meta `rpc:"bomb"`
}

// bombRes panics when it is encoded.
type bombRes struct{}

func (*bombRes) MarshalJSON() ([]byte, error) { panic("tick") }

func bomb(context.Context, *bombReq) (*bombRes, error) { return &bombRes{}, nil }

// TestHandlersThatBreak leave the session as it was, more often than calls may
// run at once.
func TestHandlersThatBreak(t *testing.T) {
	p := serve(t, newRouter(t, []any{gone, bomb, echo}, jsonrpc.Concurrency(2))).dial(t, nil)
	for i := range 5 {
		for _, method := range []string{"gone", "bomb"} {
			sameJSON(t, p.ask(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q}`, i, method)),
				fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"error":{"code":-32603,"message":"Internal error"}}`, i))
		}
		sameJSON(t, p.ask(`[{"jsonrpc":"2.0","id":1,"method":"gone"},{"jsonrpc":"2.0","id":2,"method":"echo"}]`),
			`[{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error"}},{"jsonrpc":"2.0","id":2,"result":null}]`)
	}
}

type lateReq struct {
	g.Meta `rpc:"late" timeout:"1ms"`
	Name   string
}

func (w *gate) Late(ctx context.Context, req *lateReq) (string, error) { return w.pass(ctx, req.Name) }

// TestWaitingIsNotForLong answers a call whose time is over before its turn
// comes, and does not begin it.
func TestWaitingIsNotForLong(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate}, jsonrpc.Concurrency(1), jsonrpc.Queue(1))).dial(t, nil)
	p.send(call(1, "wait", "first"))
	p.send(call(2, "late", "second"))
	if got := p.ask(call(3, "wait", "third")); !strings.Contains(got, `"code":63`) {
		t.Fatalf("the second does not wait: %s", got)
	}
	<-time.After(5 * time.Millisecond) // its time is over now, however late this is
	close(gate.open)
	sameJSON(t, p.receive(), `{"jsonrpc":"2.0","id":1,"result":"first"}`)
	sameJSON(t, p.receive(), `{"jsonrpc":"2.0","id":2,"error":{"code":-32001,"message":"Request timed out"}}`)
	if waitFor(t, "beginning", gate.began); len(gate.began) > 0 {
		t.Error("the second has begun")
	}
}

// TestWaitingTakesNoMoreThanItsBytes answers those beyond as busy.
func TestWaitingTakesNoMoreThanItsBytes(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate}, jsonrpc.Concurrency(1))).dial(t, nil)
	name := strings.Repeat("x", 60<<10)
	for i := range 20 {
		p.send(call(i, "wait", name))
	}
	if got := p.receive(); !strings.Contains(got, `"id":18,`) || !strings.Contains(got, `"code":63`) {
		t.Errorf("came %.100s", got)
	}
	if got := p.receive(); !strings.Contains(got, `"id":19,`) {
		t.Errorf("came %.100s", got)
	}
}

// TestDisconnectDropsWhatWaits does not begin calls of a session that is gone.
func TestDisconnectDropsWhatWaits(t *testing.T) {
	gate := newGate()
	p := serve(t, newRouter(t, []any{gate}, jsonrpc.Concurrency(1), jsonrpc.Queue(1))).dial(t, nil)
	p.send(call(1, "wait", "running"))
	waitFor(t, "beginning", gate.began)
	p.send(call(2, "wait", "waiting"))
	p.ask(call(3, "wait", "refused, so the second waits"))
	_ = p.Close()
	if got := waitFor(t, "end", gate.ended); got != "running" {
		t.Errorf("%s ended", got)
	}
	serve(t, newRouter(t, []any{echo})).dial(t, nil).expectNothing() // some time for it to begin wrongly
	if len(gate.began) > 0 {
		t.Errorf("%s has begun", <-gate.began)
	}
}
