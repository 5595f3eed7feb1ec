package server

// Wait waits until the process, told to end by Signal, has ended, and returns
// its exit code, -1 if a signal itself ended it.
func (s *Server) Wait() int {
	s.t.Helper()
	return s.wait()
}
