// Package server runs the built gfws binary for end-to-end tests.
//
// Every process gets a free port, an empty working directory and a home
// directory of its own, so nothing of the checkout or of the user's files can
// help it, and nothing of it stays behind.
package server

import (
	"errors"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/utility/syncbuffer"
)

// binaryVariable names the environment variable with the path of the binary.
const binaryVariable = "GFWS_BINARY"

// startTimeout bounds the time from start to the first accepted connection.
// It covers the making of a development certificate on a loaded machine.
const startTimeout = 20 * time.Second

// exitTimeout bounds the wait for a process that was told to end: the drain time
// of the service, which is 15 s by default, and a minute for a loaded machine.
const exitTimeout = 75 * time.Second

// Server is one running gfws process. Its methods are safe for use by one
// test at a time.
type Server struct {
	// Address is the host and port it listens on, such as "127.0.0.1:40123".
	Address string
	// URL is the page's address without a trailing slash: https with --tls,
	// otherwise http.
	URL string

	t       testing.TB
	binary  string // "" for the one named by GFWS_BINARY
	args    []string
	folder  string // where it runs: empty but for a configuration
	home    string // what it takes for the user's home
	logs    *syncbuffer.Buffer
	process *process
}

// Start runs the binary named by GFWS_BINARY on a free port of 127.0.0.1 with
// args after its --address, and returns once it accepts connections. The test
// fails if GFWS_BINARY is unset or the process does not come up. The process
// is killed when the test ends, and its logs are shown if the test failed.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	s := newServer(t, args)
	s.start()
	return s
}

// StartConfigured is Start with a configuration file of this content.
func StartConfigured(t testing.TB, yaml string, args ...string) *Server {
	t.Helper()
	s := newServer(t, args)
	s.configure(yaml)
	s.start()
	return s
}

func (s *Server) configure(yaml string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, "config.yaml"), []byte(yaml), 0o600); err != nil {
		s.t.Fatalf("write the configuration: %v", err)
	}
}

func newServer(t testing.TB, args []string) *Server {
	t.Helper()
	address := FreeAddress(t)
	s := &Server{
		Address: address,
		URL:     scheme(args) + "://" + address,
		t:       t,
		args:    append([]string{"--address", address}, args...),
		folder:  t.TempDir(),
		home:    t.TempDir(),
		logs:    &syncbuffer.Buffer{},
	}
	t.Cleanup(s.cleanup)
	return s
}

// firstPort and ports are where FreeAddress looks: below the ports that systems
// give to outgoing connections, one of which could otherwise take the address
// between two runs of the binary.
const (
	firstPort = 20000
	ports     = 12000
)

// FreeAddress returns a host and port of 127.0.0.1 that nothing listens on,
// for flags such as --https-address.
func FreeAddress(t testing.TB) string {
	t.Helper()
	var err error
	for range 100 {
		address := net.JoinHostPort("127.0.0.1", strconv.Itoa(firstPort+rand.IntN(ports)))
		var listener net.Listener
		if listener, err = net.Listen("tcp", address); err == nil {
			_ = listener.Close()
			return address
		}
	}
	t.Fatalf("find a free port: %v", err)
	return ""
}

// WebSocketURL returns the address of the WebSocket at path, which starts
// with a slash: wss with --tls, otherwise ws.
func (s *Server) WebSocketURL(path string) string {
	return "ws" + strings.TrimPrefix(s.URL, "http") + path
}

// Logs returns everything the process, and those before it on this address,
// wrote to standard output and standard error.
func (s *Server) Logs() string { return s.logs.String() }

// Kill ends the process at once, as a crash would, and waits until it is gone.
func (s *Server) Kill() {
	s.t.Helper()
	if err := s.process.command.Process.Kill(); err != nil {
		s.t.Fatalf("kill the server: %v", err)
	}
	s.wait()
}

// Signal sends a signal to the process and does not wait.
func (s *Server) Signal(signal os.Signal) {
	s.t.Helper()
	if err := s.process.command.Process.Signal(signal); err != nil {
		s.t.Fatalf("send %v to the server: %v", signal, err)
	}
}

// Terminate asks the process to leave with SIGTERM, waits until it has, and
// returns its exit code, -1 if the signal itself ended it.
func (s *Server) Terminate() int {
	s.t.Helper()
	s.Signal(syscall.SIGTERM)
	return s.wait()
}

// Restart runs the binary again on the same address, in the same folder and
// with the same arguments. The process before must have ended.
func (s *Server) Restart() {
	s.t.Helper()
	if !s.process.ended() {
		s.t.Fatal("restart: the server still runs; kill or terminate it first")
	}
	s.start()
}

func (s *Server) start() {
	s.t.Helper()
	path := s.binary
	if path == "" {
		path = Binary(s.t)
	}
	command := exec.Command(path, s.args...)
	command.Dir = s.folder
	command.Env = environment(s.home)
	command.Stdout, command.Stderr = s.logs, s.logs
	started, err := startProcess(command)
	if err != nil {
		s.t.Fatalf("start %s: %v", command, err)
	}
	s.process = started
	s.awaitListening()
}

func (s *Server) awaitListening() {
	s.t.Helper()
	deadline := time.Now().Add(startTimeout)
	for time.Now().Before(deadline) {
		if s.process.ended() {
			s.t.Fatalf("the server ended with code %d instead of listening", s.process.exitCode())
		}
		conn, err := net.DialTimeout("tcp", s.Address, time.Second)
		if err == nil {
			conn.Close()
			return
		}
		s.process.endedWithin(20 * time.Millisecond)
	}
	s.t.Fatalf("the server does not listen on %s after %v", s.Address, startTimeout)
}

func (s *Server) wait() int {
	s.t.Helper()
	if !s.process.endedWithin(exitTimeout) {
		s.t.Fatalf("the server still runs %v after it was told to end", exitTimeout)
	}
	return s.process.exitCode()
}

func (s *Server) cleanup() {
	if s.process == nil {
		return
	}
	if s.t.Failed() {
		s.t.Logf("the server's logs:\n%s", s.Logs())
	}
	err := s.process.command.Process.Kill()
	if err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.t.Errorf("kill the server: %v", err)
	}
	s.process.endedWithin(exitTimeout)
}

// Binary returns the path in GFWS_BINARY and fails the test if there is none.
func Binary(t testing.TB) string {
	t.Helper()
	path := os.Getenv(binaryVariable)
	if path == "" {
		t.Fatalf("%s is not set: run `make test`, or build the binary and set %s to its absolute path",
			binaryVariable, binaryVariable)
	}
	return path
}

// environment keeps the caller's variables, but moves the folders that hold a
// user's files into home and drops a configuration the caller might have.
func environment(home string) []string {
	kept := slices.DeleteFunc(os.Environ(), func(entry string) bool {
		return strings.HasPrefix(entry, "GF_GCFG_")
	})
	return append(kept, "HOME="+home, "XDG_CACHE_HOME="+home, "XDG_CONFIG_HOME="+home)
}

func scheme(args []string) string {
	if slices.Contains(args, "--tls") {
		return "https"
	}
	return "http"
}
