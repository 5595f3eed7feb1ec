package cmd

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// TestCommandLinesThatMakeNoSense ends with 2 and words that name the culprit,
// before anything is started.
func TestCommandLinesThatMakeNoSense(t *testing.T) {
	tests := []struct {
		name string
		args []string
		says string
	}{
		{"unknown command", []string{"sevre"}, `"sevre"`},
		{"unknown option", []string{"--tsl"}, `"--tsl"`},
		{"unknown short option", []string{"-x"}, `"-x"`},
		{"option without its value", []string{"--address"}, "--address needs a value"},
		{"option with an empty value", []string{"--address="}, "--address needs a value"},
		{"value for a switch", []string{"--tls=yes"}, "--tls takes no value"},
		{"unknown option of a command", []string{"cert", "--dri", "x"}, `"--dri"`},
		{"secret in an unknown option", []string{"--token=hunter2"}, `"--token"`},
		{"server option for a command", []string{"cert", "--tls"}, `"--tls"`},
		{"unknown option before help", []string{"--tsl", "--help"}, `"--tsl"`},
		{"argument behind options", []string{"--tls", "now"}, `"now"`},
		{"command behind options", []string{"--address", ":80", "client"}, `"client"`},
		{"argument behind an option of gf", []string{"--gf.gcfg.file", "x.yaml", "now"}, `"now"`},
		{"argument for a command that takes none", []string{"cert", "now"}, `"now"`},
		{"command twice", []string{"cert", "cert"}, `"cert"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var stderr bytes.Buffer
			code := Run(context.Background(), append([]string{"gf-websocket"}, tt.args...), &stderr)
			if code != ExitUsage {
				t.Errorf("exit code %d, want %d", code, ExitUsage)
			}
			if !strings.Contains(stderr.String(), tt.says) {
				t.Errorf("%q is not said in %q", tt.says, stderr.String())
			}
			if strings.Contains(stderr.String(), "hunter2") {
				t.Errorf("the value is shown in %q", stderr.String())
			}
		})
	}
}

func TestCheckOptionsPasses(t *testing.T) {
	root, err := newRoot()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"",
		"--tls",
		"-a :80 --tls",
		"--address=:80",
		"--help",
		"--gf.gcfg.file=other.yaml",
		"--gf.gcfg.file other.yaml --tls",
		"--gf.debug --tls",
		"--address -1",
		"-- --anything",
	} {
		if err = checkOptions(root, append([]string{"gf-websocket"}, strings.Fields(line)...)); err != nil {
			t.Errorf("%q is refused: %v", line, err)
		}
	}
}
