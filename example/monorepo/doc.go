// Package monorepo is a GoFrame monorepo of two apps: order, an HTTP API with
// WebSocket beside it, and watch, a command that listens to it.
package monorepo
