package browser_test

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/gfws/gf-websocket/e2e/server"
)

// recovery is how long a client may take that waits a second at most between
// its tries, on a machine that is busy with other things.
const recovery = 30 * time.Second

// foreignPage serves a page of an origin that is not the server's.
func foreignPage(t *testing.T) (origin string) {
	t.Helper()
	pages := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, "testdata/client.html")
	}))
	t.Cleanup(pages.Close)
	return pages.URL
}

// secrets are what a server of rooms takes.
type secrets struct{ key, push string }

func newSecrets() secrets {
	return secrets{rand.Text() + rand.Text(), rand.Text() + rand.Text()}
}

// startRooms starts the binary with rooms for pages of origin.
func (s secrets) startRooms(t *testing.T, origin string) *server.Server {
	t.Helper()
	return server.StartConfigured(t, fmt.Sprintf(`
websocket:
  instances:
    rpc:
      origin: {allow: [%q]}
      auth: {methods: [first-message], jwt: {algorithms: [HS256], secret: %q}}
      push: {token: %q}
`, origin, s.key, s.push))
}

// token returns a JWT of user.
func (s secrets) token(user string) string {
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." +
		encode(fmt.Appendf(nil, `{"sub":%q,"exp":%d}`, user, time.Now().Add(time.Hour).Unix()))
	mac := hmac.New(sha256.New, []byte(s.key))
	mac.Write([]byte(text))
	return text + "." + encode(mac.Sum(nil))
}

// disconnect has a server close all sessions of user.
func (s secrets) disconnect(t *testing.T, at *server.Server, user string, code int) {
	t.Helper()
	body := fmt.Sprintf(`{"user":%q,"code":%d,"reason":"as the test says"}`, user, code)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, at.URL+"/push/disconnect", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.push)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct{ Data struct{ Closing int } }
	if err = json.NewDecoder(response.Body).Decode(&answer); err != nil || answer.Data.Closing != 1 {
		t.Fatalf("disconnect: %v, %+v", err, answer)
	}
}

// openForeign opens the page, whose client comes from a server by URL and
// connects to address.
func (p *tab) openForeign(page, from, address, token string) {
	p.Helper()
	p.navigate(page + "/?" + url.Values{"from": {from}, "url": {address}, "token": {token}}.Encode())
}

// told returns what the client of the page has told.
func (p *tab) told() []string {
	p.Helper()
	return evaluate[[]string](p, `window.told ?? []`)
}

// awaitTold waits until so many lines are there that begin with what.
func (p *tab) awaitTold(what string, count int) {
	p.Helper()
	for deadline := time.Now().Add(recovery); ; time.Sleep(10 * time.Millisecond) {
		told := p.told()
		found := 0
		for _, line := range told {
			if strings.HasPrefix(line, what) {
				found++
			}
		}
		if found >= count {
			return
		}
		if time.Now().After(deadline) {
			p.Fatalf("%q was told %d times, want %d: %q", what, found, count, told)
		}
	}
}

// resolve runs an expression in the page and returns what its promise gives.
func resolve[T any](p *tab, expression string) T {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("evaluate %s: %v; told %q", expression, err, p.told())
	}
	return value
}

// TestClientOfAnotherOrigin has a page of another origin import the client, and
// loses the server while it is in a room.
func TestClientOfAnotherOrigin(t *testing.T) {
	page, known := foreignPage(t), newSecrets()
	s := known.startRooms(t, page)
	p := newTab(t)
	p.openForeign(page, s.URL, s.WebSocketURL("/rpc"), known.token("ann"))
	p.awaitTold("open", 1)
	if user := resolve[string](p, `client.join('lobby').then(({ members }) => members[0].user)`); user != "ann" {
		t.Errorf("in the room is %q", user)
	}
	if seq := resolve[int](p, `client.call('room.say', { room: 'lobby', text: 'hello' }).then(({ seq }) => seq)`); seq != 1 {
		t.Errorf("the first message is number %d", seq)
	}
	p.awaitTold("ann says hello", 1)
	const refused = `client.call('room.say', { room: 'elsewhere', text: 'hello' }).catch(({ name, code }) => name + ' ' + code)`
	if got := resolve[string](p, refused); got != "RpcError 55" {
		t.Errorf("a call that is refused ends with %q", got)
	}

	s.Kill()
	p.awaitTold("waiting 1006", 1)
	for _, text := range []string{"one", "two", "three"} {
		evaluate[any](p, `client.notify('room.say', { room: 'lobby', text: '`+text+`' }), null`)
	}
	s.Restart()
	p.awaitTold("ann says three", 1)
	want := []string{"token asked", "again in lobby null", "open", "ann says two", "ann says three"}
	told := slices.DeleteFunc(p.told(), func(line string) bool { return strings.HasPrefix(line, "waiting") })
	if told = told[max(0, len(told)-len(want)):]; !slices.Equal(told, want) {
		t.Errorf("told %q at last, want %q", told, want)
	}
	p.awaitTold("dropped room.say one", 1)
	if got := evaluate[string](p, `client.rooms.join()`); got != "lobby" {
		t.Errorf("the rooms are %q", got)
	}
}

// TestClientObeysCloseCodes closes a page's connection in ways that say how to
// go on.
func TestClientObeysCloseCodes(t *testing.T) {
	page, known := foreignPage(t), newSecrets()
	s := known.startRooms(t, page)
	p := newTab(t)
	for _, code := range []int{1008, 4403, 4401, 1012} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			p := &tab{T: t, ctx: p.ctx, watch: p.watch}
			user := fmt.Sprint("closed with ", code)
			p.openForeign(page, s.URL, s.WebSocketURL("/rpc"), known.token(user))
			p.awaitTold("open", 1)
			known.disconnect(t, s, user, code)
			if code == 1012 {
				p.awaitTold("open", 2)
				return
			}
			if code == 4401 { // is worth one more try, with a new token
				p.awaitTold("open", 2)
				p.awaitTold("token asked", 2)
				evaluate[any](p, `window.token = 'no good', null`)
				known.disconnect(t, s, user, code)
			}
			p.awaitTold(fmt.Sprint("closed ", code), 1)
			const refused = `client.call('room.members', { room: 'lobby' }).catch(({ name, cause }) => name + ' ' + cause.code)`
			if got := resolve[string](p, refused); got != fmt.Sprint("ClosedError ", code) {
				t.Errorf("a call ends with %q", got)
			}
		})
	}
}
