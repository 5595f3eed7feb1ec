package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/benchmark/run"
)

// TestMain lets the tests be the program that run starts.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && slices.Contains([]string{"serve", "load"}, os.Args[1]) {
		main()
		return
	}
	os.Exit(m.Run())
}

// Every server written in Go takes part; make bench-short has Node's, too.
func TestEveryServerWorksUnderEveryLoad(t *testing.T) {
	pace := run.ShortPace()
	pace.Duration /= 5
	var progress strings.Builder
	result, err := run.Run(run.Options{
		Dir:      ".",
		Pace:     pace,
		Servers:  []string{"gfws", "goframe", "gorilla", "gws", "coder", "nbio", "melody", "gobwas", "tcp"},
		Progress: &progress,
	})
	if err != nil {
		t.Fatalf("%v, after\n%s", err, progress.String())
	}
	if len(result.Tables) != 14 {
		t.Errorf("%d tables", len(result.Tables))
	}
	for _, table := range result.Tables {
		for _, row := range table.Rows {
			stuck := row.Samples[0].Stuck
			if mayStop := row.Label == "gorilla, one stalled"; stuck && !mayStop {
				t.Errorf("%s, %s stopped", table.Key, row.Label)
			}
		}
	}
	if err = result.Write(t.TempDir()); err != nil {
		t.Error(err)
	}
}

func TestCommandRefuses(t *testing.T) {
	for name, args := range map[string][]string{
		"nothing":          nil,
		"another command":  {"walk"},
		"no such server":   {"serve", "-server", "apache"},
		"no such workload": {"run", "-workloads", "sleep"},
		"an unknown flag":  {"run", "-fast"},
	} {
		if err := command(args); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
