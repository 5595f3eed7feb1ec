package cmd

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

const testToken = "a token of the test's own"

// TestServesRooms joins a room of the executable, and hears what a program sends
// there over HTTP.
func TestServesRooms(t *testing.T) {
	command := execute(t, "", "--address", "127.0.0.1:0")
	command.Env = append(command.Env, pushTokenVariable+"="+testToken)
	host := strings.TrimSuffix(strings.TrimPrefix(serveIn(t, command, 1).echoes[0], "ws://"), "/ws")

	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := client.Dial(ctx, "ws://"+host+"/rpc", client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.CloseNow)
	request := `{"jsonrpc":"2.0","id":1,"method":"room.join","params":{"room":"lobby"}}`
	if err = conn.Write(ctx, ws.TextMessage(request)); err != nil {
		t.Fatal(err)
	}
	joined, err := conn.Read(ctx)
	if err != nil || !strings.Contains(string(joined.Data), `"members":[{"session":`) {
		t.Fatalf("joining was answered with %s, %v", joined.Data, err)
	}

	document := get(t, ctx, "http://"+host+"/asyncapi.json")
	for _, method := range []string{`"room.join"`, `"room.say"`, `"room.message"`} {
		if !strings.Contains(document, method) {
			t.Errorf("%s is not described in\n%s", method, document)
		}
	}

	if status, _ := push(t, ctx, host, "another token, as long", "lobby"); status != http.StatusUnauthorized {
		t.Errorf("another token was answered with %d", status)
	}
	if status, queued := push(t, ctx, host, testToken, "lobby"); status != http.StatusOK || queued != 1 {
		t.Errorf("the token was answered with %d, and the message queued for %d", status, queued)
	}
	if m, err := conn.Read(ctx); err != nil || string(m.Data) != "from a program" {
		t.Errorf("got %s, %v", m.Data, err)
	}
}

// TestAsyncAPIWhereTheFileSays asks where it is by default.
func TestAsyncAPIWhereTheFileSays(t *testing.T) {
	for _, c := range []struct {
		name, config string
		served       bool
	}{
		{"nowhere", `websocket: {instances: {rpc: {asyncapi: {path: "off"}}}}`, false},
		{"not of the echo", `websocket: {asyncapi: {path: "off"}}`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serveIn(t, execute(t, c.config, "--address", "127.0.0.1:0"), 1)
			host := strings.TrimSuffix(strings.TrimPrefix(s.echoes[0], "ws://"), "/ws")
			for _, path := range []string{"/asyncapi.json", "/asyncapi.html"} {
				content := get(t, context.Background(), "http://"+host+path)
				if strings.Contains(content, "room.join") != c.served {
					t.Errorf("%s has\n%s", path, content)
				}
			}
		})
	}
}

// TestRulesInTheLanguageOfTheClient has a translation where GoFrame looks for it.
func TestRulesInTheLanguageOfTheClient(t *testing.T) {
	command := execute(t, "", "--address", "127.0.0.1:0")
	folder := filepath.Join(command.Dir, "manifest", "i18n")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "zh-CN.yaml"), []byte(`gf.gvalid.rule.required: "{field}不能为空"`), 0o600); err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSuffix(serveIn(t, command, 1).echoes[0], "/ws") + "/rpc"
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for accept, want := range map[string]string{"zh-CN,zh;q=0.9": "room不能为空", "en": "The room field is required"} {
		conn, err := client.Dial(ctx, url, client.Options{Header: http.Header{"Accept-Language": {accept}}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(conn.CloseNow)
		if err = conn.Write(ctx, ws.TextMessage(`{"jsonrpc":"2.0","id":1,"method":"room.join","params":{}}`)); err != nil {
			t.Fatal(err)
		}
		m, err := conn.Read(ctx)
		if err != nil || !strings.Contains(string(m.Data), `"message":"`+want+`"`) {
			t.Errorf("%s: got %s, %v", accept, m.Data, err)
		}
	}
}

// TestPushIsOffWithoutAToken asks where the API would be.
func TestPushIsOffWithoutAToken(t *testing.T) {
	s := serveIn(t, execute(t, "", "--address", "127.0.0.1:0"), 1)
	host := strings.TrimSuffix(strings.TrimPrefix(s.echoes[0], "ws://"), "/ws")
	if status, _ := push(t, context.Background(), host, testToken, "lobby"); status != http.StatusNotFound {
		t.Errorf("answered with %d, want 404", status)
	}
}

// TestPushTokenThatIsTooShort does not start, and does not show the token.
func TestPushTokenThatIsTooShort(t *testing.T) {
	code, said := failure(t, execute(t, "", "--push-token", "hunter2"))
	if code != ExitFailure || !strings.Contains(said, "push.token") || strings.Contains(said, "hunter2") {
		t.Errorf("ended with %d and said\n%s", code, said)
	}
}

func get(t *testing.T, ctx context.Context, url string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// push sends to a room over HTTP and returns the status, and for how many the
// message was queued.
func push(t *testing.T, ctx context.Context, host, token, room string) (status, queued int) {
	t.Helper()
	body := strings.NewReader(`{"room":"` + room + `","data":"from a program"}`)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+host+"/push/messages", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var decoded struct {
		Data struct{ Queued int }
	}
	_ = json.Unmarshal(answer, &decoded) // a 404 is no JSON
	return response.StatusCode, decoded.Data.Queued
}
