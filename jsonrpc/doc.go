// Package jsonrpc serves typed handlers over WebSocket sessions: controllers as
// ghttp binds them, called by JSON-RPC 2.0.
//
// A [Router] is a [ws.Handler]. What [Router.Bind] is given may be bound to HTTP
// as well: each func(ctx, *XxxReq) (*XxxRes, error) becomes a method, whose
// request is parsed, defaulted and validated as ghttp does it.
package jsonrpc
