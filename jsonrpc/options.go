package jsonrpc

import (
	"context"
	"time"

	"github.com/gogf/gf/v2/os/glog"

	"github.com/gfws/gf-websocket/ws"
)

const (
	// DefaultConcurrency is how many calls of a session run at once.
	DefaultConcurrency = 16
	// DefaultQueue is how many calls of a session wait for their turn.
	DefaultQueue = 256
	// DefaultTimeout is how long a call may take.
	DefaultTimeout = 30 * time.Second
	// DefaultBatch is how many requests a batch may have.
	DefaultBatch = 100
)

// Option sets something of a [Router].
type Option func(*options)

type options struct {
	concurrency int
	queue       int
	timeout     time.Duration
	batch       int
	logger      *glog.Logger
	language    func(ctx context.Context, s *ws.Session) string
	onOpen      func(ctx context.Context, s *ws.Session) error
	onClose     func(ctx context.Context, s *ws.Session, c ws.Close)
}

// Concurrency bounds how many calls of one session run at the same time; what
// comes beyond waits in the queue. Default [DefaultConcurrency]; below 1 means
// the default.
func Concurrency(calls int) Option {
	return func(o *options) { o.concurrency = calls }
}

// Queue bounds how many calls of one session wait; in any case their params are
// no more than 1 MiB together. What comes beyond is answered at once with
// gcode.CodeServerBusy, and a notification is dropped. Default [DefaultQueue];
// below 1 means the default.
func Queue(calls int) Option {
	return func(o *options) { o.queue = calls }
}

// Timeout ends the context of a call that takes longer. The tag timeout of a
// request's g.Meta says otherwise for its method: a duration, or "off". Default
// [DefaultTimeout]; 0 and less mean the default.
func Timeout(limit time.Duration) Option {
	return func(o *options) { o.timeout = limit }
}

// MaxBatch bounds the requests of one batch. Default [DefaultBatch]; below 1
// means the default.
func MaxBatch(requests int) Option {
	return func(o *options) { o.batch = requests }
}

// Logger sets where panics are logged. Default is g.Log("websocket").
func Logger(logger *glog.Logger) Option {
	return func(o *options) { o.logger = logger }
}

// Language tells in which language a session is spoken to, such as "zh-CN", for
// the messages of failed rules; "" for the default of gi18n. It is asked once
// for a session. Default is the language of the session's context, or else the
// first one of the handshake's Accept-Language.
func Language(of func(ctx context.Context, s *ws.Session) string) Option {
	return func(o *options) { o.language = of }
}

// OnOpen is called as [ws.Handler.OnOpen].
func OnOpen(hook func(ctx context.Context, s *ws.Session) error) Option {
	return func(o *options) { o.onOpen = hook }
}

// OnClose is called as [ws.Handler.OnClose]. Calls of the session may still be
// running then, with their contexts ended.
func OnClose(hook func(ctx context.Context, s *ws.Session, c ws.Close)) Option {
	return func(o *options) { o.onClose = hook }
}

func (o *options) fill() {
	if o.concurrency < 1 {
		o.concurrency = DefaultConcurrency
	}
	if o.queue < 1 {
		o.queue = DefaultQueue
	}
	if o.timeout <= 0 {
		o.timeout = DefaultTimeout
	}
	if o.batch < 1 {
		o.batch = DefaultBatch
	}
	if o.language == nil {
		o.language = languageOf
	}
}
