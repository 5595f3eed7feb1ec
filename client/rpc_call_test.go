package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/gfws/gf-websocket/client"
	"github.com/gogf/gf/v2/errors/gerror"
)

func TestCall(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	type point struct{ X, Y int }
	results := make(chan point, 1)
	go func() {
		got, err := client.Call[point](testContext(t), w.Client, "move", point{1, 2})
		if err != nil {
			t.Error(err)
		}
		results <- got
	}()
	m := s.expect("move")
	if string(m.Params) != `{"X":1,"Y":2}` {
		t.Errorf("params %s", m.Params)
	}
	s.reply(m, `{"X":3,"Y":4}`)
	if got := await(t, results, "the result"); got != (point{3, 4}) {
		t.Errorf("got %v", got)
	}
}

func TestCallFailsWithTheServersError(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	result := w.calling("say", nil)
	m := s.expect("say")
	if m.Params != nil {
		t.Errorf("params %s", m.Params)
	}
	s.fail(m, `{"code":51,"message":"too long","data":{"text":"max-length"}}`)
	err := await(t, result, "the result")
	var answered *client.Error
	if !errors.As(err, &answered) || answered.Code != 51 || answered.Message != "too long" || string(answered.Data) != `{"text":"max-length"}` {
		t.Fatalf("%v", err)
	}
	if gerror.Code(err).Code() != 51 || !strings.Contains(err.Error(), "call of say") {
		t.Errorf("code %v, %q", gerror.Code(err), err)
	}
}

func TestCallRefusesParams(t *testing.T) {
	w, _, _ := calmly(t, client.ClientOptions{})
	for _, params := range []any{1, "text", true, func() {}, json.RawMessage(`{`)} {
		if _, err := client.Call[any](testContext(t), w.Client, "m", params); err == nil {
			t.Errorf("%T was taken", params)
		}
		if err := w.Notify(testContext(t), "m", params); err == nil {
			t.Errorf("%T was taken", params)
		}
	}
}

func TestCallResultOfAnotherType(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	result := make(chan error, 1)
	go func() {
		_, err := client.Call[int](testContext(t), w.Client, "m", nil)
		result <- err
	}()
	s.reply(s.expect("m"), `"text"`)
	var mismatch *json.UnmarshalTypeError
	if err := await(t, result, "the result"); !errors.As(err, &mismatch) {
		t.Errorf("%v", err)
	}
}

// Answers come in any order, and each reaches its own call.
func TestCallsAtOnce(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	const calls = 200
	var group sync.WaitGroup
	for i := range calls {
		group.Go(func() {
			got, err := client.Call[[]int](testContext(t), w.Client, "echo", []int{i})
			if err != nil || len(got) != 1 || got[0] != i {
				t.Errorf("%d: %v, %v", i, got, err)
			}
		})
	}
	var waiting []rpcMessage
	for range calls {
		waiting = append(waiting, s.expect("echo"))
	}
	for i := range waiting {
		m := waiting[len(waiting)-1-i]
		s.reply(m, string(m.Params))
	}
	group.Wait()
}

func TestCallCancelled(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error, 1)
	go func() {
		_, err := client.Call[any](ctx, w.Client, "slow", nil)
		result <- err
	}()
	m := s.expect("slow")
	cancel()
	if err := await(t, result, "the call"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if got := s.expect("$/cancel"); got.ID != nil || string(got.Params) != `{"id":`+string(m.ID)+`}` {
		t.Errorf("id %s, params %s", got.ID, got.Params)
	}
	// The answer comes all the same, and means nothing to anybody.
	s.reply(m, "1")
	next := w.calling("next", nil)
	s.reply(s.expect("next"), "2")
	if err := await(t, next, "the next call"); err != nil {
		t.Error(err)
	}
	if len(w.problems) > 0 {
		t.Errorf("%v", <-w.problems)
	}
}

func TestCallWithContextThatIsOver(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.Call[any](ctx, w.Client, "never", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if err := w.Notify(testContext(t), "first", nil); err != nil {
		t.Fatal(err)
	}
	s.expect("first")
}

func TestNotifyInOrder(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	for i := range 500 {
		if err := w.Notify(testContext(t), "n", []int{i}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 500 {
		if m := s.expect("n"); m.ID != nil || string(m.Params) != fmt.Sprintf("[%d]", i) {
			t.Fatalf("%d: id %s, params %s", i, m.ID, m.Params)
		}
	}
}

// What a server should never send harms nothing but the call that it answers.
func TestWrongAnswers(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	for _, test := range []struct{ sent, want string }{
		{`no json`, "not valid JSON"},
		{`[]`, "batch is empty"},
		{`{"jsonrpc":"2.0","id":99,"result":1}`, "never made: id 99"},
		{`{"jsonrpc":"2.0","id":0,"result":1}`, "never made: id 0"},
		{`{"jsonrpc":"2.0","id":"1","result":1}`, `never made: id "1"`},
		{`{"jsonrpc":"2.0","id":-1,"result":1}`, "never made: id -1"},
		{`{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"bad json"}}`, "bad json"},
		{`{"jsonrpc":"2.0"}`, "method is missing"},
	} {
		s.send(test.sent)
		if err := await(t, w.problems, "the problem with "+test.sent); !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.sent, err, test.want)
		}
	}
	for _, test := range []struct{ answer, want string }{
		{`"result":1,"error":{"code":1,"message":"m"}`, "a result or an error"},
		{`"error":"text"`, "error must be an object"},
	} {
		result := w.calling("m", nil)
		s.send(`{"jsonrpc":"2.0","id":` + string(s.expect("m").ID) + `,` + test.answer + `}`)
		if err := await(t, result, "the call"); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.answer, err)
		}
	}
}

// A second answer with the same id is nobody's; the first one counts.
func TestAnswerTwice(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	for range 3 {
		result := w.calling("m", nil)
		m := s.expect("m")
		s.send(`[{"jsonrpc":"2.0","id":` + string(m.ID) + `,"result":1},{"jsonrpc":"2.0","id":` + string(m.ID) + `,"error":{"code":1,"message":"m"}}]`)
		if err := await(t, result, "the call"); err != nil {
			t.Error(err)
		}
	}
}
