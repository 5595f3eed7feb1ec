package gfws

import (
	"context"

	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/glog"

	"github.com/gfws/gf-websocket/jsonrpc/asyncapi"
	"github.com/gfws/gf-websocket/ws"
)

// Option sets something of an instance from code; it wins over the
// configuration.
type Option func(*options)

type options struct {
	name          string
	handler       ws.Handler
	middlewares   []ghttp.HandlerFunc
	checkRequest  func(r *ghttp.Request) error
	checkMessage  func(ctx context.Context, s *ws.Session, m ws.Message) error
	messageSchema any
	rooms         rooms
	roomService   bool
	push          func(r *ghttp.Request) error
	logger        *glog.Logger
	drainOnSignal bool
	auth          authOptions
	info          asyncapi.Info
	changes       []func(*Config)
}

// Name names the instance, for [Instance] and for the configuration: "chat" is
// configured by websocket.instances.chat, over what websocket says for all.
// Default "default". A named instance is served at its own name, as in "/chat",
// unless a path is set.
func Name(name string) Option {
	return func(o *options) { o.name = instanceName([]string{name}) }
}

// Path serves the instance at these paths, all leading to the same sessions.
// Default "/ws" and "/wss". Path() without any serves none, for an instance
// that is only used through [Plugin.Accept].
func Path(paths ...string) Option {
	return Configure(func(c *Config) { c.Paths = paths })
}

// Handle gives the messages to handler. Default is an echo.
func Handle(handler ws.Handler) Option {
	return func(o *options) { o.handler = handler }
}

// Origins lets pages of these origins connect: "https://app.example.com",
// "https://*.example.com", "null", or "any" alone. Default is the same host as
// the server's.
func Origins(allow ...string) Option {
	return Configure(func(c *Config) { c.Origin.Allow = allow })
}

// CheckRequest asks check before each upgrade, after the handshake and its
// origin were found good. An error refuses it: with 401 for
// gcode.CodeNotAuthorized, 400 for the codes of bad parameters, 404 for
// CodeNotFound, 503 for CodeServerBusy, else with 403; its text is shown to the
// client.
func CheckRequest(check func(r *ghttp.Request) error) Option {
	return func(o *options) { o.checkRequest = check }
}

// CheckMessage asks check before each message reaches the handler. An error
// closes the session with 1008 and the error's text as reason, or is answered
// where message.refuse says so; a [ws.CloseError] always closes, as it says.
func CheckMessage(check func(ctx context.Context, s *ws.Session, m ws.Message) error) Option {
	return func(o *options) { o.checkMessage = check }
}

// ValidateMessage holds each message to schema, in rules of gvalid: a struct
// with rules in its tags, or a pointer to one, for messages that are JSON
// objects; a map[string]string of rules for their fields; or one rule such as
// "length:1,100" for the text itself. They judge what encoding/json makes of the
// message, which is refused where a name comes twice in whatever case. A rule
// that gvalid does not know is an error of [Plugin.Check]. gvalid compares numbers
// as float64. It comes before [CheckMessage]. What a
// message gets that breaks a rule is said by message.refuse: the session is
// closed with 1008, or the answer names the fields that are wrong.
func ValidateMessage(schema any) Option {
	return func(o *options) { o.messageSchema = schema }
}

// Middleware runs handlers of the host before the upgrade, behind those of the
// server, on every path of the instance.
func Middleware(handlers ...ghttp.HandlerFunc) Option {
	return func(o *options) { o.middlewares = append(o.middlewares, handlers...) }
}

// Subprotocols offers these to clients, the preferred one first. Default none.
func Subprotocols(names ...string) Option {
	return Configure(func(c *Config) { c.Subprotocols = names })
}

// Console serves the page at path, such as "/console" or "/"; "off" serves none.
// Default is none.
func Console(path string) Option {
	return Configure(func(c *Config) { c.Console.Path = path })
}

// Logger sets where refusals and failures are logged. Default is
// g.Log("websocket").
func Logger(logger *glog.Logger) Option {
	return func(o *options) { o.logger = logger }
}

// DrainOnSignal closes the sessions in a handler for SIGTERM and the other
// shutdown signals, before the listeners close. Set it in a host that uses
// s.Start() and ghttp.Wait(), where ghttp may leave without calling
// [Plugin.Remove]: without it, and without a [Plugin.Shutdown] after Wait, some
// clients see the connection break instead of a close with 1001. Leave it in a
// host that only calls s.Start(): there nobody else would handle the signal, and
// the process would not end by it.
func DrainOnSignal() Option {
	return func(o *options) { o.drainOnSignal = true }
}

// Configure changes any other part of the configuration from code.
func Configure(change func(*Config)) Option {
	return func(o *options) { o.changes = append(o.changes, change) }
}
