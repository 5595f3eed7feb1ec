package guard

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

// operator reaches the sessions of an endpoint by its push API.
type operator struct {
	t     *testing.T
	base  string
	token string
}

// newOperator returns one whose token is made now, for the node push.
func newOperator(t *testing.T) *operator { return &operator{t: t, token: rand.Text()} }

// at says whose API it is, and returns the operator.
func (o *operator) at(s *server.Server) *operator {
	o.base = s.URL + "/push"
	return o
}

// ask asks for path with body, nil for none, and decodes the data of the answer.
func (o *operator) ask(method, path string, body, data any) {
	o.t.Helper()
	var encoded bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&encoded).Encode(body); err != nil {
			o.t.Fatal(err)
		}
	}
	request, err := http.NewRequest(method, o.base+path, &encoded)
	if err != nil {
		o.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+o.token)
	request.Header.Set("Content-Type", "application/json")
	client := http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer := struct{ Data any }{data}
	if err = json.NewDecoder(response.Body).Decode(&answer); err != nil || response.StatusCode != http.StatusOK {
		o.t.Fatalf("%s %s: answered with %s, %v", method, path, response.Status, err)
	}
}

// send sends a text, and returns for how many sessions it was queued. to has the
// fields that say to whom.
func (o *operator) send(text string, to map[string]any) int {
	o.t.Helper()
	body := map[string]any{"data": text}
	for field, value := range to {
		body[field] = value
	}
	var sent struct{ Queued int }
	o.ask(http.MethodPost, "/messages", body, &sent)
	return sent.Queued
}

// sendAll sends a text to every session.
func (o *operator) sendAll(text string) int {
	o.t.Helper()
	return o.send(text, map[string]any{"all": true})
}

// figures are those of an endpoint.
type figures struct {
	Sessions, Users, Rooms int
	Dropped                uint64
}

func (o *operator) figures() figures {
	o.t.Helper()
	var f figures
	o.ask(http.MethodGet, "/stats", nil, &f)
	return f
}
