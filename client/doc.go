// Package client connects to WebSocket servers, in two ways.
//
// # Typed messages, and a connection that comes back
//
// [New] makes a [Client], which speaks JSON-RPC 2.0: [Call] and [Client.Notify]
// to the server, [On] and [Handle] for what the server sends. It connects again
// when the connection is lost, authenticates anew, joins its rooms and sends what
// was queued meanwhile. Errors are to be looked into with errors.As and
// errors.Is: an [*Error] is the server's answer, [ErrDropped] was never sent,
// [ErrLost] was sent and not answered, [ErrClosed] came too late.
//
// # Raw messages over one connection
//
// [Dial] makes the handshake and gives a [Conn]. Everything on a Conn is safe
// for concurrent use and takes a context. A Conn reads in the background, so
// pings are answered and the server's going away is noticed while nobody is in
// [Conn.Read]; therefore every Conn must be ended with [Conn.Close] or
// [Conn.CloseNow], which leave no goroutine behind.
//
// Errors are to be looked into with errors.As and errors.Is:
//
//   - [*DialError] for everything Dial returns: the stage it failed at, whether
//     nothing listened ([DialError.Refused]) or time ran out ([DialError.Timeout]);
//   - [*HandshakeError] inside it when the server, or a proxy, gave another
//     answer than a switch to WebSocket, with GoFrame's code and message;
//   - [*ws.CloseError] from Read, Write and Ping once the connection is closed,
//     with code 1006 when it broke without a close frame.
//
// No error text holds a user name, a password or the query of a URL.
//
// A Conn is not made again when it is lost.
package client
