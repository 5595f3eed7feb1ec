package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const manifests = "../../manifest"

// TestManifestConfigurations serves with the files that are deployed.
func TestManifestConfigurations(t *testing.T) {
	for _, name := range []string{
		"config/config.yaml",
		"deploy/kustomize/base/config.yaml",
		"deploy/kustomize/overlays/develop/config.yaml",
	} {
		t.Run(name, func(t *testing.T) {
			config, err := os.ReadFile(filepath.Join(manifests, name))
			if err != nil {
				t.Fatal(err)
			}
			echoThrough(t, serveIn(t, execute(t, string(config), "--address", "127.0.0.1:0"), 1).echoes[0])
		})
	}
}

// TestManifestProbes holds that they ask for what is answered.
func TestManifestProbes(t *testing.T) {
	for name, asks := range map[string]string{
		"deploy/kustomize/base/deployment.yaml": "path: " + healthPath + "\n",
		"docker/Dockerfile":                     `CMD ["/app/gf-websocket", "` + healthCommand().Name + `"]`,
	} {
		content, err := os.ReadFile(filepath.Join(manifests, name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(content), asks) {
			t.Errorf("%s does not ask by %q", name, asks)
		}
	}
}
