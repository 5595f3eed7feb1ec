package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"

	"github.com/gfws/gf-websocket/benchmark/run"
)

func runAll(args []string) error {
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	short := flags.Bool("short", false, "only show that everything works")
	out := flags.String("out", "", "where to write RESULTS.md and plots; by default nothing is written unless all was run at the full pace")
	dir := flags.String("dir", ".", "the folder benchmark")
	workloads := flags.String("workloads", "", "only these, with commas between them")
	servers := flags.String("servers", "", "only these, with commas between them")
	full, smoke := run.FullPace(), run.ShortPace()
	rounds := flags.Int("rounds", 0, "how often each is measured")
	duration := flags.Duration("duration", 0, "how long each measurement takes")
	connections := flags.Int("connections", 0, "at most so many")
	if err := flags.Parse(args); err != nil {
		return err
	}
	pace := full
	if *short {
		pace = smoke
	}
	if *rounds > 0 {
		pace.Rounds = *rounds
	}
	if *duration > 0 {
		pace.Duration = *duration
	}
	if *connections > 0 {
		pace.MaxConnections = *connections
	}
	result, err := run.Run(run.Options{
		Dir: *dir, Pace: pace, Workloads: list(*workloads), Servers: list(*servers), Progress: os.Stderr,
	})
	if err != nil {
		return err
	}
	if err = result.Markdown(os.Stdout); err != nil {
		return err
	}
	if *out == "" && pace == full && *workloads == "" && *servers == "" {
		*out = *dir
	}
	if *out == "" {
		return nil
	}
	if err = result.Write(*out); err != nil || *out != *dir {
		return err
	}
	for _, document := range documents {
		if err = result.Quote(filepath.Join(*dir, "..", "docs", document)); err != nil {
			return err
		}
	}
	return nil
}

// documents quote the results of a full run.
var documents = []string{"performance.md", "performance.zh-CN.md"}

func list(names string) []string {
	if names == "" {
		return nil
	}
	return strings.Split(names, ",")
}
