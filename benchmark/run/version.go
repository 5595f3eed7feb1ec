package run

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/gfws/gf-websocket/gfws"
)

const (
	node        = "node"
	nodeServer  = "node/server.mjs"
	nodePackage = "node/node_modules/ws/package.json"
)

// errNoNode tells what the benchmark lacks.
var errNoNode = errors.New("the ws package of Node is not installed: run npm ci in benchmark/node, or leave node out with -servers")

// checkNode finds out beforehand, and not after ten minutes, that Node is
// missing.
func checkNode(dir string, chosen []workload) error {
	if !uses(chosen, node) {
		return nil
	}
	if _, err := exec.LookPath(node); err != nil {
		return fmt.Errorf("%w: %w", errNoNode, err)
	}
	if _, err := os.Stat(filepath.Join(dir, nodePackage)); err != nil {
		return fmt.Errorf("%w: %w", errNoNode, err)
	}
	return nil
}

func uses(chosen []workload, server string) bool {
	for _, w := range chosen {
		for _, e := range w.entries {
			if e.server == server {
				return true
			}
		}
	}
	return false
}

// versions tells what each server is, by its name.
func versions(dir string) map[string]string {
	found := map[string]string{
		"gfws": "gfws " + gfws.Version + " in ghttp",
		"tcp":  "plain TCP echo, " + runtime.Version(),
		node:   nodeVersion(dir),
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return found
	}
	for name, module := range map[string]string{
		"goframe": "github.com/gogf/gf/v2",
		"gorilla": "github.com/gorilla/websocket",
		"gws":     "github.com/lxzan/gws",
		"coder":   "github.com/coder/websocket",
		"nbio":    "github.com/lesismal/nbio",
		"melody":  "github.com/olahol/melody",
		"gobwas":  "github.com/gobwas/ws",
	} {
		for _, dependency := range info.Deps {
			if dependency.Path == module {
				found[name] = module + " " + dependency.Version
			}
		}
	}
	return found
}

func nodeVersion(dir string) string {
	version := "Node"
	if out, err := exec.Command(node, "--version").Output(); err == nil {
		version += " " + strings.TrimSpace(string(out))
	}
	text, err := os.ReadFile(filepath.Join(dir, nodePackage))
	if err != nil {
		return version
	}
	var manifest struct{ Version string }
	if json.Unmarshal(text, &manifest) != nil {
		return version
	}
	return version + " with ws " + manifest.Version
}
