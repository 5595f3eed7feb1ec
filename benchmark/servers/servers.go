// Package servers holds the echo and broadcast servers that are compared. Each
// is written as its library's documentation does it, with the settings that are
// default there; where a workload needs another one, the code says so.
package servers

import (
	"fmt"
	"io"
	"sort"
	"strings"
)

// Options tell what a server does beyond listening.
type Options struct {
	// Broadcast sends each message to all connections instead of back.
	Broadcast bool
	// Calls answers JSON-RPC calls of "echo".
	Calls bool
	// Deflate agrees to permessage-deflate.
	Deflate bool
	// Certificate and Key are PEM files; with them the server speaks TLS.
	Certificate, Key string
}

func (o Options) secure() bool { return o.Certificate != "" }

// loopback is where every server listens: on a free port.
const loopback = "127.0.0.1:0"

// starter starts a server and returns its address.
type starter func(Options) (string, error)

func echoServers() map[string]starter {
	return map[string]starter{
		"coder":   startCoder,
		"gfws":    startGfws,
		"gobwas":  startGobwas,
		"goframe": startGoFrame,
		"gorilla": startGorilla,
		"gws":     startGws,
		"melody":  startMelody,
		"nbio":    startNbio,
		"tcp":     startTCP,
	}
}

func broadcastServers() map[string]starter {
	return map[string]starter{
		"gfws":    startGfwsBroadcast,
		"gorilla": startGorillaBroadcast,
		"gws":     startGwsBroadcast,
		"melody":  startMelodyBroadcast,
	}
}

func callServers() map[string]starter {
	return map[string]starter{
		"gfws":    startGfwsCalls,
		"gorilla": startGorillaCalls,
	}
}

// Listening is what a server's first line of output begins with; its address
// follows.
const Listening = "listening "

// Serve runs the named server until commands is at its end. It tells its address
// on out and then obeys commands, see control.
func Serve(name string, o Options, commands io.Reader, out io.Writer) error {
	known := serversFor(o)
	start, ok := known[name]
	if !ok {
		return fmt.Errorf("there is no server %q, only %s", name, names(known))
	}
	address, err := start(o)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if _, err = fmt.Fprintln(out, Listening+address); err != nil {
		return err
	}
	return control(commands, out)
}

func serversFor(o Options) map[string]starter {
	switch {
	case o.Broadcast:
		return broadcastServers()
	case o.Calls:
		return callServers()
	default:
		return echoServers()
	}
}

func names(known map[string]starter) string {
	list := make([]string, 0, len(known))
	for name := range known {
		list = append(list, name)
	}
	sort.Strings(list)
	return strings.Join(list, ", ")
}
