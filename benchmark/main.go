// Command benchmark compares gfws with other WebSocket servers. It needs Linux.
//
//	benchmark run [-short] [-out dir] [-workloads a,b] [-servers a,b]
//
// measures and prints; a run of everything also writes RESULTS.md and plots.
// The commands serve and load are what run starts.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/gfws/gf-websocket/benchmark/load"
	"github.com/gfws/gf-websocket/benchmark/servers"
)

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

func command(args []string) error {
	if len(args) == 0 {
		return errors.New("say run, serve or load")
	}
	switch args[0] {
	case "run":
		return runAll(args[1:])
	case "serve":
		return serve(args[1:])
	case "load":
		return generate(os.Stdin, os.Stdout)
	default:
		return fmt.Errorf("no such command: %s", args[0])
	}
}

func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	name := flags.String("server", "", "which one")
	var o servers.Options
	flags.BoolVar(&o.Broadcast, "broadcast", false, "send each message to all")
	flags.BoolVar(&o.Calls, "calls", false, "answer JSON-RPC calls")
	flags.BoolVar(&o.Deflate, "deflate", false, "agree to permessage-deflate")
	flags.StringVar(&o.Certificate, "cert", "", "certificate, for TLS")
	flags.StringVar(&o.Key, "key", "", "its key")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return servers.Serve(*name, o, os.Stdin, os.Stdout)
}

// generate reads one load.Spec and writes one load.Result, as lines of JSON; an
// idle load writes one more when its connections are open.
func generate(in io.Reader, out io.Writer) error {
	reader := bufio.NewReader(in)
	line, err := reader.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	var spec load.Spec
	if err = json.Unmarshal(line, &spec); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	answer := json.NewEncoder(out)
	result, err := load.Run(spec, func() error { return answer.Encode(load.Result{}) }, reader)
	if err != nil {
		return err
	}
	return answer.Encode(result)
}
