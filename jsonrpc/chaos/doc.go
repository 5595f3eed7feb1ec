// Package chaos holds sessions, rooms and calls to what they promise while
// everything happens at once. It has tests only: package ws may not know of
// package jsonrpc, and neither alone is what an application runs.
package chaos
