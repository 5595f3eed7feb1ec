package client

import (
	"context"
	"encoding/json"
	"sync"
)

// served knows the calls of the server that run, by their ids. The zero value is
// ready.
type served struct {
	mu   sync.Mutex
	byID map[string]context.CancelFunc
}

// begin returns the context of a call, and a function to call at its end.
func (s *served) begin(parent context.Context, id []byte) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byID == nil {
		s.byID = make(map[string]context.CancelFunc)
	}
	key := string(id)
	if _, taken := s.byID[key]; taken {
		return ctx, cancel // an id used twice at once cannot be cancelled
	}
	s.byID[key] = cancel
	return ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.byID, key)
		cancel()
	}
}

// cancel ends the context of the call that params names.
func (s *served) cancel(params []byte) {
	var named struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(params, &named) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.byID[string(named.ID)]; cancel != nil {
		cancel()
	}
}
