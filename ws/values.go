package ws

// GetOrSet returns what is kept under key, or keeps value there and returns it
// where that is nothing yet.
func (s *Session) GetOrSet(key, value any) any {
	s.valuesMu.Lock()
	defer s.valuesMu.Unlock()
	if kept, ok := s.values[key]; ok {
		return kept
	}
	if s.values == nil {
		s.values = make(map[any]any)
	}
	s.values[key] = value
	return value
}
