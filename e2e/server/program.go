package server

import "testing"

// StartProgram is StartConfigured for the program at path, which listens where its
// option --address says.
func StartProgram(t testing.TB, path, yaml string, args ...string) *Server {
	t.Helper()
	s := newServer(t, args)
	s.binary = path
	s.configure(yaml)
	s.start()
	return s
}
