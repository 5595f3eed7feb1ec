// Package run starts servers and loads, and collects what they find.
package run

import (
	"time"

	"github.com/gfws/gf-websocket/benchmark/load"
	"github.com/gfws/gf-websocket/benchmark/report"
)

// workload is one table: some entries measured under the same load.
type workload struct {
	key     string // names the plot's file
	title   string
	note    string
	measure report.Measure
	spec    load.Spec // without Address and PID
	entries []entry
}

// entry is one line of a table.
type entry struct {
	label   string
	server  string
	stalled int
}

// Pace is how long and how much is measured.
type Pace struct {
	Rounds         int           // of which the median is taken
	Warmup         time.Duration // before each measurement
	Duration       time.Duration // of each measurement
	MaxConnections int           // caps every workload
}

// FullPace is that of the published results.
func FullPace() Pace {
	return Pace{
		Rounds:         3,
		Warmup:         500 * time.Millisecond,
		Duration:       2 * time.Second,
		MaxConnections: 10000,
	}
}

// ShortPace only shows that everything works.
func ShortPace() Pace {
	return Pace{
		Rounds:         1,
		Warmup:         50 * time.Millisecond,
		Duration:       250 * time.Millisecond,
		MaxConnections: 20,
	}
}

const (
	small = 128
	large = 16 << 10
	// stallSize times stallWarmup is more than the buffers of a stalled reader
	// hold, and well below what gfws queues before it closes.
	stallSize   = 1 << 10
	stallWarmup = 200 // broadcasts
)

func workloads() []workload {
	echo := func(connections, size, inFlight int) load.Spec {
		return load.Spec{Kind: load.Echo, Connections: connections, Size: size, InFlight: inFlight}
	}
	broadcast := func(connections, inFlight int) load.Spec {
		return load.Spec{Kind: load.Broadcast, Connections: connections, Size: small, InFlight: inFlight, Batched: true}
	}
	idle := load.Spec{Kind: load.Idle, Connections: 10000, Size: small, InFlight: 1}
	all := each("gfws", "goframe", "gorilla", "gws", "coder", "nbio", "melody", "gobwas", "node", "tcp")
	sockets := all[:len(all)-1]
	secure := each("gfws", "goframe", "gorilla", "gws", "coder", "melody", "gobwas", "node")
	deflate := each("gfws", "goframe", "gorilla", "gws", "coder", "nbio", "melody", "node")
	rooms := each("gfws", "gorilla", "gws", "melody")

	return []workload{
		{key: "echo-100x128", title: "Echo: 100 connections, 128 B, one in flight",
			measure: report.Echo, spec: echo(100, small, 1), entries: all},
		{key: "echo-1000x128", title: "Echo: 1,000 connections, 128 B, one in flight",
			measure: report.Echo, spec: echo(1000, small, 1), entries: all},
		{key: "echo-batched", title: "Echo: 100 connections, 128 B, 16 in flight, sent in batches",
			note:    "The 16 are sent in one write; the next 16 when all have come back.",
			measure: report.Echo, spec: batched(echo(100, small, 16)), entries: all},
		{key: "echo-own-writes", title: "Echo: 100 connections, 128 B, 16 in flight, each in its own write",
			note:    "Each message that comes back is followed by one more.",
			measure: report.Echo, spec: echo(100, small, 16), entries: all},
		{key: "echo-100x16k", title: "Echo: 100 connections, 16 KiB, one in flight",
			measure: report.Echo, spec: echo(100, large, 1), entries: all},
		{key: "echo-tls", title: "Echo over TLS: 100 connections, 128 B, one in flight",
			note:    "The generator may be the slower side here; CPU is what compares.",
			measure: report.Echo, spec: secured(echo(100, small, 1)), entries: secure},
		{key: "deflate-128", title: "Echo with permessage-deflate: 100 connections, 128 B",
			note:    "No context takeover. A server may answer messages of this size plain, as gfws, gws, coder and ws do by default.",
			measure: report.Echo, spec: deflated(echo(100, small, 1)), entries: deflate},
		{key: "deflate-16k", title: "Echo with permessage-deflate: 100 connections, 16 KiB",
			note:    "No context takeover; the level is each library's default.",
			measure: report.Echo, spec: deflated(echo(100, large, 1)), entries: deflate},
		{key: "calls", title: "JSON-RPC: 100 connections, calls with a text of 64 B, one in flight",
			note:    "gfws runs a typed handler with two validation rules; gorilla a loop with encoding/json that checks the same by hand.",
			measure: report.Echo, spec: called(echo(100, 64, 1)), entries: each("gfws", "gorilla")},
		{key: "idle", title: "Idle: 10,000 connections",
			note:    "Each has echoed one message. Resident memory after a forced collection, less that before.",
			measure: report.Memory, spec: idle, entries: sockets},
		{key: "idle-tls", title: "Idle over TLS: 4,000 connections",
			measure: report.Memory, spec: secured(withConnections(idle, 4000)), entries: secure},
		{key: "broadcast-1000", title: "Broadcast: 1,000 receivers, 128 B, one in flight",
			measure: report.Broadcast, spec: broadcast(1000, 1), entries: rooms},
		{key: "broadcast-1000x8", title: "Broadcast: 1,000 receivers, 128 B, 8 in flight",
			note:    "The 8 are published in one write; the next 8 when all have reached everyone.",
			measure: report.Broadcast, spec: broadcast(1000, 8), entries: rooms},
		{key: "broadcast-10000", title: "Broadcast: 10,000 receivers, 128 B, one in flight",
			measure: report.Broadcast, spec: broadcast(10000, 1), entries: rooms},
		{key: "stalled", title: "Broadcast: 1,000 receivers, 1 KiB, none and one of them stalled",
			note:    "Latency is that of the others. The stalled one reads nothing; its buffers are full before the measurement.",
			measure: report.Latency, spec: stalling(broadcast(1000, 1)), entries: stalls("gfws", "gorilla", "gws", "melody")},
	}
}

// each has one entry for each server.
func each(servers ...string) []entry {
	entries := make([]entry, len(servers))
	for i, server := range servers {
		entries[i] = entry{label: server, server: server}
	}
	return entries
}

// stalls measures each server twice, one after the other.
func stalls(servers ...string) []entry {
	var entries []entry
	for _, server := range servers {
		entries = append(entries,
			entry{label: server + ", none stalled", server: server},
			entry{label: server + ", one stalled", server: server, stalled: 1})
	}
	return entries
}

func batched(spec load.Spec) load.Spec {
	spec.Batched = true
	return spec
}

func called(spec load.Spec) load.Spec {
	spec.Calls = true
	return spec
}

func secured(spec load.Spec) load.Spec {
	spec.TLS = true
	return spec
}

func deflated(spec load.Spec) load.Spec {
	spec.Deflate = true
	return spec
}

func withConnections(spec load.Spec, count int) load.Spec {
	spec.Connections = count
	return spec
}

func stalling(spec load.Spec) load.Spec {
	spec.Size, spec.WarmupMessages = stallSize, stallWarmup
	return spec
}

// at returns the load of e at the given pace.
func (w workload) at(pace Pace, e entry) load.Spec {
	spec := w.spec
	spec.Connections = min(spec.Connections, pace.MaxConnections)
	spec.Stalled = e.stalled
	spec.Raw = e.server == "tcp"
	spec.Warmup, spec.Duration = pace.Warmup, pace.Duration
	spec.WarmupMessages *= int64(spec.Connections)
	return spec
}
