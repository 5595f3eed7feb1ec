package guard

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

func TestCheckMessage(t *testing.T) {
	refuse := func(err error) func(context.Context, *ws.Session, ws.Message) error {
		return func(context.Context, *ws.Session, ws.Message) error { return err }
	}
	text, binary := ws.TextMessage("x"), ws.BinaryMessage([]byte("x"))
	for _, c := range []struct {
		name   string
		policy model.Policy
		m      ws.Message
		code   ws.Code // 0 for let in
		reason string
	}{
		{"no policy, text", model.Policy{}, text, 0, ""},
		{"no policy, binary", model.Policy{}, binary, 0, ""},
		{"text refused", model.Policy{RefuseText: true}, text, ws.CodeUnsupportedData, "text"},
		{"text refused, binary sent", model.Policy{RefuseText: true}, binary, 0, ""},
		{"binary refused", model.Policy{RefuseBinary: true}, binary, ws.CodeUnsupportedData, "binary"},
		{"binary refused, text sent", model.Policy{RefuseBinary: true}, text, 0, ""},
		{"type before the application", model.Policy{RefuseText: true, CheckMessage: refuse(errors.New("no"))}, text, ws.CodeUnsupportedData, "text"},
		{"let in by the application", model.Policy{CheckMessage: refuse(nil)}, text, 0, ""},
		{"plain error", model.Policy{CheckMessage: refuse(errors.New("no swearing"))}, text, ws.CodePolicyViolation, "no swearing"},
		{"close error", model.Policy{CheckMessage: refuse(&ws.CloseError{Code: 4001, Reason: "own"})}, text, 4001, "own"},
		{"close error, wrapped", model.Policy{CheckMessage: refuse(fmt.Errorf("x: %w", &ws.CloseError{Code: 4002}))}, text, 4002, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := (&sGuard{}).CheckMessage(context.Background(), &c.policy, nil, c.m)
			if c.code == 0 {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			var closing *ws.CloseError
			if !errors.As(err, &closing) || closing.Code != c.code || !strings.Contains(closing.Reason, c.reason) {
				t.Fatalf("got %v, want %d %q", err, c.code, c.reason)
			}
		})
	}
}

// TestCheckMessageSeesTheMessage holds that the application gets what came.
func TestCheckMessageSeesTheMessage(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(context.Background(), key{}, 7)
	policy := &model.Policy{CheckMessage: func(ctx context.Context, s *ws.Session, m ws.Message) error {
		if ctx.Value(key{}) != 7 || m.Type != ws.Binary || string(m.Data) != "\x00\xff" {
			return fmt.Errorf("got %v %q", m.Type, m.Data)
		}
		return nil
	}}
	if err := (&sGuard{}).CheckMessage(ctx, policy, nil, ws.BinaryMessage([]byte("\x00\xff"))); err != nil {
		t.Fatal(err)
	}
}
