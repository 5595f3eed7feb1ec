package gfws_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gsession"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// The documents in docs/ quote from this file.

// serveExample runs s on a free port, gives its address to talk, and stops it.
func serveExample(s *ghttp.Server, talk func(address string) error) error {
	s.SetAddr("127.0.0.1:0")
	s.SetDumpRouterMap(false)
	s.SetSessionStorage(gsession.NewStorageMemory())
	s.Logger().SetStdoutPrint(false)
	if err := s.Start(); err != nil {
		return err
	}
	err := talk(fmt.Sprintf("127.0.0.1:%d", s.GetListenedPort()))
	if stopped := s.Shutdown(); err == nil {
		err = stopped
	}
	return err
}

// sayHello says hello to an echo and prints what comes back.
func sayHello(ctx context.Context, url string) error {
	conn, err := client.Dial(ctx, url, client.Options{HandshakeTimeout: 3 * time.Second})
	if err != nil {
		return err
	}
	defer conn.CloseNow()

	if err = conn.Write(ctx, ws.TextMessage("hello word")); err != nil {
		return err
	}
	m, err := conn.Read(ctx)
	if err != nil {
		return err
	}
	fmt.Println(int(m.Type), string(m.Data))
	return conn.Close(ws.CodeNormal, "")
}

// One line adds an echo to a server.
func Example() {
	s := g.Server("example")
	s.Plugin(gfws.New())

	err := serveExample(s, func(address string) error {
		return sayHello(context.Background(), "ws://"+address+"/ws")
	})
	fmt.Println(err)
	// Output:
	// 1 hello word
	// <nil>
}

// A loop that was written for r.WebSocket() stays as it is.
func ExampleAccept() {
	s := g.Server("example-accept")
	s.Plugin(gfws.New(gfws.Path()))
	s.BindHandler("/ws", func(r *ghttp.Request) {
		conn, err := gfws.Accept(r)
		if err != nil {
			return // the request has been answered
		}
		defer conn.Close()
		for {
			msgType, msg, err := conn.ReadMessage()
			if err != nil {
				return
			}
			if err = conn.WriteMessage(msgType, msg); err != nil {
				return
			}
		}
	})

	err := serveExample(s, func(address string) error {
		return sayHello(context.Background(), "ws://"+address+"/ws")
	})
	fmt.Println(err)
	// Output:
	// 1 hello word
	// <nil>
}

// A handler takes the place of the loop, and leaves no goroutine or request
// waiting in the host's code.
func ExampleHandle() {
	s := g.Server("example-handle")
	s.Plugin(gfws.New(gfws.Path("/ws"), gfws.Handle(ws.HandlerFuncs{
		Message: func(ctx context.Context, session *ws.Session, m ws.Message) error {
			return session.Reply(m)
		},
	})))

	err := serveExample(s, func(address string) error {
		return sayHello(context.Background(), "ws://"+address+"/ws")
	})
	fmt.Println(err)
	// Output:
	// 1 hello word
	// <nil>
}

// Two endpoints on one server, each with its own path, handler and bounds.
func ExampleName() {
	s := g.Server("example-name")
	s.Plugin(gfws.New())
	s.Plugin(gfws.New(
		gfws.Name("chat"),
		gfws.Path("/chat"),
		gfws.Handle(ws.HandlerFuncs{
			Open: func(ctx context.Context, session *ws.Session) error {
				return session.Send(ws.TextMessage("welcome"))
			},
		}),
		gfws.Configure(func(c *gfws.Config) { c.Message.MaxSize = 4 << 10 }),
	))

	err := serveExample(s, func(address string) error {
		chat := gfws.InstanceOf(s, "chat")
		fmt.Println(chat.Name(), chat.Config().Paths, chat.Config().Message.MaxSize)
		return sayHello(context.Background(), "ws://"+address+"/chat")
	})
	fmt.Println(err)
	// Output:
	// gfws/chat [/chat] 4096
	// 1 welcome
	// <nil>
}

// The application's own checks: of the request before the upgrade, and of each
// message before the handler.
func ExampleCheckRequest() {
	s := g.Server("example-check")
	s.Plugin(gfws.New(
		gfws.Origins("https://app.example.com", "https://*.example.com"),
		gfws.CheckRequest(func(r *ghttp.Request) error {
			user, err := r.Session.Get("user")
			if err != nil {
				return err
			}
			if user.IsEmpty() {
				return gerror.NewCode(gcode.CodeNotAuthorized, "log in first")
			}
			return nil
		}),
		gfws.CheckMessage(func(ctx context.Context, session *ws.Session, m ws.Message) error {
			if !json.Valid(m.Data) {
				return gerror.New("messages are JSON here")
			}
			return nil
		}),
	))

	err := serveExample(s, func(address string) error {
		return sayHello(context.Background(), "ws://"+address+"/ws")
	})
	var refused *client.HandshakeError
	if gerror.As(err, &refused) {
		fmt.Println(refused.StatusCode, refused.Code, refused.Message)
	}
	// Output:
	// 401 61 log in first
}

// A host that wants an error where ghttp would end the process.
func ExamplePlugin_Check() {
	plugin := gfws.New(gfws.Path("/ws/*any"))
	if err := plugin.Check(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// websocket.paths: "/ws/*any" must be a plain path such as "/ws", without wildcards
}

// A host with s.Start and ghttp.Wait closes its sessions after Wait.
func ExamplePlugin_Shutdown() {
	serve := func(ctx context.Context) error {
		s := g.Server()
		plugin := gfws.New()
		s.Plugin(plugin)
		if err := s.Start(); err != nil {
			return err
		}
		ghttp.Wait()
		return plugin.Shutdown(ctx)
	}
	_ = serve
}

// The same with nothing after Wait.
func ExampleDrainOnSignal() {
	serve := func() error {
		s := g.Server()
		s.Plugin(gfws.New(gfws.DrainOnSignal()))
		if err := s.Start(); err != nil {
			return err
		}
		ghttp.Wait()
		return nil
	}
	_ = serve
}

// Middlewares of the host run before the upgrade; what they set on the response
// is part of the 101.
func ExampleMiddleware() {
	s := g.Server("example-middleware")
	s.Plugin(gfws.New(gfws.Middleware(func(r *ghttp.Request) {
		r.Response.Header().Set("X-Node", "a1")
		r.Middleware.Next()
	})))

	err := serveExample(s, func(address string) error {
		conn, err := client.Dial(context.Background(), "ws://"+address+"/ws", client.Options{
			Header: http.Header{"Authorization": {"Bearer TOKEN"}},
		})
		if err != nil {
			return err
		}
		defer conn.CloseNow()
		fmt.Println(conn.Response().Header.Get("X-Node"))
		return conn.Close(ws.CodeNormal, "")
	})
	fmt.Println(err)
	// Output:
	// a1
	// <nil>
}

// A device shows a key of its own, users a token that only the application can
// judge; guests may look and not write.
func ExampleAuthenticate() {
	s := g.Server("example-authenticate")
	s.Plugin(gfws.New(
		gfws.Authenticate(func(r *ghttp.Request) (ws.Identity, error) {
			key := r.Header.Get("X-Device-Key")
			if key == "" {
				return ws.Identity{}, nil // not a device: the next method is asked
			}
			return findDevice(r.Context(), key)
		}),
		gfws.Configure(func(c *gfws.Config) { c.Auth.Methods = []string{"bearer", "first-message"} }),
		gfws.VerifyToken(findUser),
		gfws.AuthorizeMessage(func(ctx context.Context, identity ws.Identity, action string) error {
			if identity.User == "guest" {
				return gerror.New("guests only read")
			}
			return nil
		}),
	))

	err := serveExample(s, func(address string) error {
		conn, err := client.Dial(context.Background(), "ws://"+address+"/ws", client.Options{
			Header: http.Header{"X-Device-Key": {"0815"}},
		})
		if err != nil {
			return err
		}
		if err = conn.Close(ws.CodeNormal, ""); err != nil {
			return err
		}
		_, err = client.Dial(context.Background(), "ws://"+address+"/ws", client.Options{
			Header: http.Header{"Authorization": {"Bearer STOLEN"}},
		})
		return err
	})
	var refused *client.HandshakeError
	if gerror.As(err, &refused) {
		fmt.Println(refused.StatusCode, refused.Code, refused.Message)
	}
	// Output:
	// 401 61 no such token
}

// findDevice stands for the application's own search.
func findDevice(_ context.Context, key string) (ws.Identity, error) {
	return ws.Identity{User: "device-" + key}, nil
}

// findUser stands for one in a table of tokens.
func findUser(context.Context, string) (ws.Identity, error) {
	return ws.Identity{}, gerror.NewCode(gcode.CodeNotAuthorized, "no such token")
}

// Who is known may still have no business here.
func ExampleAuthorize() {
	plugin := gfws.New(
		gfws.Configure(func(c *gfws.Config) { c.Auth.Methods = []string{"session"} }),
		gfws.Authorize(func(ctx context.Context, identity ws.Identity, h ws.Handshake) error {
			if h.Query().Get("room") == "staff" && identity.User != "1" {
				return gerror.New("the room is for staff")
			}
			return nil
		}),
	)
	fmt.Println(plugin.Check())
	// Output:
	// <nil>
}
