package ws_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// TestNilHub is what a host has that asks for an instance which is not there:
// nobody is found, and whoever sends or opens is told.
func TestNilHub(t *testing.T) {
	var hub *ws.Hub
	for name, a := range map[string]ws.Audience{
		"room":     hub.Room("lobby"),
		"user":     hub.User("ann"),
		"users":    hub.Users("ann", "ben"),
		"sessions": hub.Sessions("a"),
		"all":      hub.All().ExceptUsers("ann"),
	} {
		if queued, err := a.Send(ws.TextMessage("x")); queued != 0 || !errors.Is(err, ws.ErrNoHub) {
			t.Errorf("%s: sending queues for %d, %v", name, queued, err)
		}
		if closing, err := a.Close(ws.CodeNormal, ""); closing != 0 || !errors.Is(err, ws.ErrNoHub) {
			t.Errorf("%s: %d are closing, %v", name, closing, err)
		}
		if members, err := a.AllMembers(context.Background()); len(members)+a.Len() != 0 || err != nil {
			t.Errorf("%s has %v of %d, %v", name, members, a.Len(), err)
		}
	}
	if _, found := hub.Session("a"); found || hub.Len() != 0 || hub.Draining() || hub.Node() != "" || hub.Stats() != (ws.Stats{}) || hub.ListRooms() != nil || hub.ListUsers() != nil {
		t.Error("it has something")
	}
	if err := hub.Shutdown(context.Background()); err != nil {
		t.Errorf("its shutdown ends with %v", err)
	}
	w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
	if _, err := hub.Serve(context.Background(), w, r, ws.Opening{}, ws.HandlerFuncs{}); !errors.Is(err, ws.ErrNoHub) {
		t.Errorf("serving ends with %v", err)
	}
	if _, err := hub.Accept(context.Background(), w, r, ws.Opening{}, nil); !errors.Is(err, ws.ErrNoHub) {
		t.Errorf("accepting ends with %v", err)
	}
}

// TestZeroAudience has nobody, which is no error.
func TestZeroAudience(t *testing.T) {
	var a ws.Audience
	if queued, err := a.Send(ws.TextMessage("x")); queued != 0 || err != nil || a.Len() != 0 {
		t.Errorf("queued for %d of %d, %v", queued, a.Len(), err)
	}
}
