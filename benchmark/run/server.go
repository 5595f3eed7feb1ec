package run

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/gfws/gf-websocket/benchmark/load"
	"github.com/gfws/gf-websocket/benchmark/servers"
)

const (
	startTimeout   = 30 * time.Second
	collectTimeout = 60 * time.Second
)

// server is a running one.
type server struct {
	*process
	address string
}

// startServer starts what spec needs, on the first core.
func (r *Runner) startServer(name string, spec load.Spec) (*server, error) {
	p, err := start("server "+name, r.serverCore, r.serverCommand(name, spec))
	if err != nil {
		return nil, err
	}
	line, err := p.hear(startTimeout)
	if err != nil {
		return nil, err
	}
	address, found := strings.CutPrefix(line, servers.Listening)
	if !found {
		return nil, p.failure(fmt.Errorf("told %q instead of an address", line))
	}
	return &server{process: p, address: address}, nil
}

func (r *Runner) serverCommand(name string, spec load.Spec) *exec.Cmd {
	var args []string
	if spec.Deflate {
		args = append(args, "--deflate")
	}
	if spec.TLS {
		args = append(args, "--cert", r.certificate, "--key", r.key)
	}
	if name == node {
		return exec.Command("node", append([]string{"--expose-gc", filepath.Join(r.dir, nodeServer)}, args...)...)
	}
	if spec.Kind == load.Broadcast {
		args = append(args, "--broadcast")
	}
	if spec.Calls {
		args = append(args, "--calls")
	}
	return exec.Command(r.executable, append([]string{"serve", "--server", name}, args...)...)
}

// collect has it free all garbage.
func (s *server) collect() error {
	if err := s.tell(servers.Collect); err != nil {
		return err
	}
	line, err := s.hear(collectTimeout)
	if err == nil && line != servers.Collected {
		err = s.failure(fmt.Errorf("answered %q", line))
	}
	return err
}
