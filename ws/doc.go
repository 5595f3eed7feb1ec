// Package ws holds WebSocket sessions: what a handler sees of a connection,
// and the engine that reads, bounds, queues and closes.
//
// It frames with gorilla/websocket and knows net/http, but nothing of ghttp;
// package gfws brings it into a GoFrame server.
package ws
