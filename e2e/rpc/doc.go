// Package rpc holds the tests of package jsonrpc against clients and tools that are not ours:
// npm's json-rpc-2.0 over ws, a JSON-RPC client in Go, and the official parser of AsyncAPI.
package rpc
