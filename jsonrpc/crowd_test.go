package jsonrpc_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/jsonrpc"
)

type leaveReq struct {
	g.Meta `rpc:"leave"`
	Name   string
}

// untilEnd returns when its call is cancelled or its session has gone.
func untilEnd(ctx context.Context, _ *leaveReq) (*struct{}, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestCrowd has many sessions call in every way at once, and then vanish with
// calls still running. That nothing is left of them is for the end of all tests
// to see.
func TestCrowd(t *testing.T) {
	const sessions, rounds = 16, 60
	server := serve(t, newRouter(t, []any{untilEnd, inlineEcho, echo}, jsonrpc.Concurrency(4), jsonrpc.Queue(8)))
	var crowd sync.WaitGroup
	for range sessions {
		p := server.dial(t, nil)
		crowd.Go(func() {
			for i := range rounds {
				for _, text := range []string{
					call(i, "leave", "x"),
					call(i, "inline", "y"),
					`[` + call(i, "echo", "z") + `,` + call(i, "inline", "z") + `]`,
					fmt.Sprintf(`{"jsonrpc":"2.0","method":"$/cancel","params":{"id":%d}}`, i-2),
					fmt.Sprintf(`{"jsonrpc":"2.0","id":"end %d","method":"inline","params":["end"]}`, i),
				} {
					if err := p.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
						t.Errorf("round %d: %v", i, err)
						return
					}
				}
				awaitEnd(t, p, i)
			}
			_ = p.Close()
		})
	}
	crowd.Wait()
}

// awaitEnd reads answers up to that of the round's last call.
func awaitEnd(t *testing.T, p *peer, round int) {
	for {
		_, data, err := p.ReadMessage()
		if err != nil {
			t.Errorf("round %d: %v", round, err)
			return
		}
		if string(data) == fmt.Sprintf(`{"jsonrpc":"2.0","id":"end %d","result":"end"}`, round) {
			return
		}
	}
}
