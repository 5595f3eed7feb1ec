package browser_test

import (
	"encoding/json"
	"testing"
	"time"
)

// requireHAR reads what was saved as those who read the files of Chrome do.
func requireHAR(t *testing.T, content string) {
	t.Helper()
	var read struct {
		Log struct {
			Version string
			Creator struct{ Name, Version string }
			Entries []struct {
				StartedDateTime time.Time
				Request         struct{ Method, URL, HTTPVersion string }
				Response        struct{ Status int }
				ResourceType    string `json:"_resourceType"`
				Messages        []struct {
					Type   string
					Time   float64 // seconds since 1970
					Opcode int
					Data   string
				} `json:"_webSocketMessages"`
			}
		}
	}
	if err := json.Unmarshal([]byte(content), &read); err != nil {
		t.Fatalf("the HAR is no JSON: %v", err)
	}
	if read.Log.Version != "1.2" || read.Log.Creator.Name == "" || len(read.Log.Entries) != 1 {
		t.Fatalf("log %+v", read.Log)
	}
	entry := read.Log.Entries[0]
	if entry.ResourceType != "websocket" || entry.Request.Method != "GET" || entry.Response.Status != 101 || len(entry.Messages) != 3 {
		t.Fatalf("entry %+v", entry)
	}
	last := entry.Messages[2]
	if last.Type != "send" || last.Opcode != 2 || last.Data != "AP8=" {
		t.Errorf("the last message %+v, want two bytes as Base64", last)
	}
	if began := float64(entry.StartedDateTime.UnixMilli()) / 1000; entry.Messages[0].Time < began {
		t.Errorf("the first message is of %f, the entry of %f", entry.Messages[0].Time, began)
	}
}
