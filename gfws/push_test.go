package gfws_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/net/goai"

	v1 "github.com/gfws/gf-websocket/api/push/v1"
	room "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/wstest"
)

const pushToken = "a token of the test's own"

// withPush serves the API to whoever has the token.
func withPush(opts ...gfws.Option) []gfws.Option {
	return append(opts, gfws.Configure(func(c *gfws.Config) { c.Push.Token = pushToken }))
}

// answered is GoFrame's form of an answer, and its HTTP status.
type answered struct {
	Status  int             `json:"-"`
	Header  http.Header     `json:"-"`
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data"`
}

// program is business code that asks over HTTP.
type program struct {
	t      *testing.T
	client *http.Client
	token  string
	server string // its URL
}

func newProgram(t *testing.T, kit *wstest.Kit) *program {
	return &program{t, kit.Client(), pushToken, "http://wstest"}
}

func (p *program) get(path string) answered { return p.ask(http.MethodGet, path, "", "") }

func (p *program) post(path, body string) answered {
	return p.ask(http.MethodPost, path, "application/json", body)
}

func (p *program) ask(method, path, contentType, body string) answered {
	p.t.Helper()
	request, err := http.NewRequest(method, p.server+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	if p.token != "" {
		request.Header.Set("Authorization", "Bearer "+p.token)
	}
	response, err := p.client.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	got := answered{Status: response.StatusCode, Header: response.Header}
	if err = json.Unmarshal(text, &got); err != nil {
		p.t.Fatalf("%s %s: %s %s", method, path, response.Status, text)
	}
	return got
}

// expect makes sure that a request went well, and returns its data.
func expect[T any](t *testing.T, got answered) T {
	t.Helper()
	if got.Status != http.StatusOK || got.Code != 0 {
		t.Fatalf("answered with %d: %d %s", got.Status, got.Code, got.Message)
	}
	return decode[T](t, got.Data)
}

func TestPushSends(t *testing.T) {
	kit := wstest.Install(t, withPush(gfws.RoomService())...)
	p := newProgram(t, kit)
	ann, tab, ben := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben"))
	stranger := kit.Connect()
	ben.AssertReply("room.join", g.Map{"room": "lobby"}, nil)
	everyone := []*wstest.Peer{ann, tab, ben, stranger}
	id := ann.Session().ID()
	for _, tt := range []struct {
		body string
		want ws.Message
		to   []*wstest.Peer
	}{
		{`{"user":"ann","data":"a"}`, ws.TextMessage("a"), []*wstest.Peer{ann, tab}},
		{`{"users":["ann","ben","nobody"],"data":"b"}`, ws.TextMessage("b"), []*wstest.Peer{ann, tab, ben}},
		{`{"room":"lobby","data":"c"}`, ws.TextMessage("c"), []*wstest.Peer{ben}},
		{`{"session":"` + id + `","data":"d"}`, ws.TextMessage("d"), []*wstest.Peer{ann}},
		{`{"sessions":["` + id + `","nothing"],"data":"e"}`, ws.TextMessage("e"), []*wstest.Peer{ann}},
		{`{"all":true,"data":"f"}`, ws.TextMessage("f"), everyone},
		{`{"all":true,"except":{"users":["ann"]},"data":"g"}`, ws.TextMessage("g"), []*wstest.Peer{ben, stranger}},
		{`{"user":"ann","except":{"sessions":["` + id + `"]},"data":"h"}`, ws.TextMessage("h"), []*wstest.Peer{tab}},
		{`{"user":"nobody","data":"i"}`, ws.Message{}, nil},
		{`{"user":"ben","type":"binary","data":"` + base64.StdEncoding.EncodeToString([]byte{0, 255}) + `"}`, ws.BinaryMessage([]byte{0, 255}), []*wstest.Peer{ben}},
		{`{"user":"ben","type":"json","data":{"n":12345678901234567890.10, "a":[null]}}`, ws.TextMessage(`{"n":12345678901234567890.10, "a":[null]}`), []*wstest.Peer{ben}},
		{`{"user":"ben","type":"json","data":7}`, ws.TextMessage(`7`), []*wstest.Peer{ben}},
		{`{"user":"ben","type":"json","data":{}}`, ws.TextMessage(`{}`), []*wstest.Peer{ben}},
		{`{"user":"ben","type":"json","data":null}`, ws.TextMessage(`null`), []*wstest.Peer{ben}},
		{`{"user":"ben","type":"json","data":""}`, ws.TextMessage(`""`), []*wstest.Peer{ben}},
		{`{"user":"ben","data":""}`, ws.TextMessage(""), []*wstest.Peer{ben}},
	} {
		sent := expect[v1.SendRes](t, p.post("/push/messages", tt.body))
		if sent.Queued != len(tt.to) {
			t.Errorf("%s was queued for %d, want %d", tt.body, sent.Queued, len(tt.to))
		}
		for _, peer := range tt.to {
			peer.AssertMessage(tt.want)
		}
	}
	for _, peer := range everyone {
		peer.AssertNoPush()
	}
}

// TestPushBodies sends bodies that are too large, or could come from a form.
// TestPushTokens asks with what is not the token.
// TestPushAuthenticator lets the application decide, by its own errors.
func TestPushLists(t *testing.T) {
	kit := wstest.Install(t, withPush(gfws.RoomService())...)
	p := newProgram(t, kit)
	for i := range 5 {
		peer := kit.Connect(wstest.As(fmt.Sprint("user", i/2)), wstest.From("203.0.113.7"))
		for _, room := range []string{"all", fmt.Sprint("room", i)} {
			peer.AssertReply("room.join", g.Map{"room": room}, nil)
		}
	}
	kit.Connect()

	var ids []string
	for page := 1; page <= 4; page++ {
		got := expect[v1.SessionsRes](t, p.get(fmt.Sprintf("/push/sessions?page=%d&size=2", page)))
		if got.Total != 6 {
			t.Errorf("page %d tells of %d sessions", page, got.Total)
		}
		for _, s := range got.Sessions {
			ids = append(ids, s.Session)
		}
	}
	for i := 1; i < len(ids); i++ {
		if ids[i-1] >= ids[i] {
			t.Errorf("session %s is listed behind %s", ids[i], ids[i-1])
		}
	}
	if len(ids) != 6 {
		t.Errorf("%d sessions are listed", len(ids))
	}

	one := expect[v1.SessionsRes](t, p.get("/push/sessions?room=room4&user=user2"))
	if one.Total != 1 || len(one.Sessions) != 1 {
		t.Fatalf("got %+v", one)
	}
	if s := one.Sessions[0]; s.User != "user2" || fmt.Sprint(s.Rooms) != "[all room4]" || s.Address != "203.0.113.7" {
		t.Errorf("got %+v", s)
	}
	for query, want := range map[string]int{"room=all": 5, "user=user0": 2, "room=room0&user=user1": 0, "room=none": 0} {
		if got := expect[v1.SessionsRes](t, p.get("/push/sessions?"+query)); got.Total != want {
			t.Errorf("%s finds %d sessions, want %d", query, got.Total, want)
		}
	}
	for path, want := range map[string]int{"/push/sessions?page=&size=": 6, "/push/rooms?size=": 6, "/push/users?size=&page=1": 3} {
		if got := expect[struct{ Total int }](t, p.get(path)); got.Total != want {
			t.Errorf("%s finds %d, want %d", path, got.Total, want)
		}
	}
	rooms := expect[v1.RoomsRes](t, p.get("/push/rooms?size=2"))
	if rooms.Total != 6 || fmt.Sprint(rooms.Rooms) != "[{all 5} {room0 1}]" {
		t.Errorf("got %+v", rooms)
	}
	users := expect[v1.UsersRes](t, p.get("/push/users?page=2&size=2"))
	if users.Total != 3 || fmt.Sprint(users.Users) != "[{user2 1}]" {
		t.Errorf("got %+v", users)
	}
	if stats := expect[v1.StatsRes](t, p.get("/push/stats")); stats.Sessions != 6 || stats.Users != 3 || stats.Rooms != 6 {
		t.Errorf("got %+v", stats)
	}
}

func TestPushDisconnects(t *testing.T) {
	kit := wstest.Install(t, withPush()...)
	p := newProgram(t, kit)
	ann, tab, ben := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben"))
	if got := expect[v1.DisconnectRes](t, p.post("/push/disconnect", `{"user":"ann","code":4000,"reason":"moved"}`)); got.Closing != 2 {
		t.Errorf("%d are closing", got.Closing)
	}
	for _, peer := range []*wstest.Peer{ann, tab} {
		if reason := peer.AssertClosed(4000); reason != "moved" {
			t.Errorf("closed for %q", reason)
		}
	}
	expect[v1.DisconnectRes](t, p.post("/push/disconnect", `{"session":"`+ben.Session().ID()+`"}`))
	ben.AssertClosed(ws.CodePolicyViolation)
	if got := expect[v1.DisconnectRes](t, p.post("/push/disconnect", `{"user":"nobody"}`)); got.Closing != 0 {
		t.Errorf("%d are closing", got.Closing)
	}
}

// TestPushOfRooms asks for what members see.
func TestPushOfRooms(t *testing.T) {
	kit := wstest.Install(t, withPush(gfws.RoomService())...)
	p, ann := newProgram(t, kit), kit.Connect(wstest.As("ann"))
	join(t, ann)
	sayIn(ann, "hi")
	said := decode[room.Message](t, ann.AssertPush("room.message", nil))
	if got := expect[room.HistoryRes](t, p.get("/push/room/history?room=lobby")); len(got.Messages) != 1 || got.Messages[0] != said {
		t.Errorf("got %+v", got)
	}
	if got := expect[room.MembersRes](t, p.get("/push/room/members?room=lobby")); len(got.Members) != 1 || got.Members[0].User != "ann" {
		t.Errorf("got %+v", got)
	}
	if got := p.get("/push/room/members"); got.Status != http.StatusBadRequest {
		t.Errorf("no room was answered with %d", got.Status)
	}
	p.token = "another token, as long"
	if got := p.get("/push/room/history?room=lobby"); got.Status != http.StatusUnauthorized {
		t.Errorf("a stranger was answered with %d", got.Status)
	}
}

// TestPushInAHost is behind a response middleware of the host's, and in its
// OpenAPI document; without a token or an authenticator it is not there.
func TestPushInAHost(t *testing.T) {
	h := newHost(t)
	h.SetOpenApiPath("/api.json")
	h.Use(ghttp.MiddlewareHandlerResponse)
	h.Plugin(gfws.New(withPush(gfws.RoomService())...), gfws.New(gfws.Name("quiet"), gfws.Configure(func(c *gfws.Config) { c.Push.Path = "/quiet/push" })))
	h.start()
	_, document := h.ask(http.MethodGet, "/api.json")
	described := decode[struct{ Paths map[string]any }](t, json.RawMessage(document)).Paths
	for _, path := range []string{"/messages", "/sessions", "/rooms", "/users", "/disconnect", "/stats", "/room/history", "/room/members"} {
		if described["/push"+path] == nil {
			t.Errorf("/push%s is not described", path)
		}
		if described["/quiet/push"+path] != nil {
			t.Errorf("/quiet/push%s is there", path)
		}
	}
	response, body := h.ask(http.MethodGet, "/push/stats", "Authorization", "Bearer "+pushToken)
	if response.StatusCode != http.StatusOK || !strings.HasPrefix(body, `{"code":0,"message":"OK","data":{"sessions":0`) {
		t.Errorf("answered with %s %s", response.Status, body)
	}
	if response, body = h.ask(http.MethodGet, "/push/stats"); response.StatusCode != http.StatusUnauthorized || strings.Count(body, "code") != 1 {
		t.Errorf("answered with %s %s", response.Status, body)
	}
}

// TestPushInOpenAPI lets a Swagger page take the token, and leaves
// what the host has there already.
func TestPushInOpenAPI(t *testing.T) {
	type operation struct{ Security []map[string][]string }
	type document struct {
		Paths      map[string]map[string]operation
		Components struct {
			SecuritySchemes map[string]struct{ Type, Scheme, Name string }
		}
	}
	h := newHost(t)
	h.SetOpenApiPath("/api.json")
	h.Group("/v1", func(group *ghttp.RouterGroup) { group.Bind(orders{}) })
	h.GetOpenApi().Components.SecuritySchemes = goai.SecuritySchemes{
		"key":           {Value: &goai.SecurityScheme{Type: "apiKey", In: "header", Name: "X-Key"}},
		"gfws-push-api": {Value: &goai.SecurityScheme{Type: "http", Scheme: "basic"}},
	}
	own := gfws.Push("/own", func(*ghttp.Request) error { return nil })
	path := gfws.Configure(func(c *gfws.Config) { c.Push.Path = "/api/push" })
	h.Plugin(gfws.New(withPush(gfws.RoomService())...), gfws.New(withPush(gfws.Name("api"), path)...), gfws.New(gfws.Name("own"), own))
	h.start()
	_, body := h.ask(http.MethodGet, "/api.json")
	got := decode[document](t, json.RawMessage(body))
	for name, want := range map[string]string{
		"/push/messages post": "[map[gfws-push:[]]]", "/push/disconnect post": "[map[gfws-push:[]]]", "/push/stats get": "[map[gfws-push:[]]]",
		"/push/room/history get": "[map[gfws-push:[]]]", "/api/push/stats get": "[map[gfws-push-api:[]]]", "/own/stats get": "[]", "/v1/orders get": "[]",
	} {
		path, method, _ := strings.Cut(name, " ")
		if found := fmt.Sprint(got.Paths[path][method].Security); found != want {
			t.Errorf("%s asks for %s, want %s", name, found, want)
		}
	}
	want := "map[gfws-push:{http bearer } gfws-push-api:{http basic } key:{apiKey  X-Key}]"
	if found := fmt.Sprint(got.Components.SecuritySchemes); found != want {
		t.Errorf("the schemes are %s, want %s", found, want)
	}
}
