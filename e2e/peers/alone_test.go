package peers

import (
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

// reference is an address of this page's own in its HTML, or one that a module imports.
var reference = regexp.MustCompile(`(?:src|href)="([^"#]+)"|from\s+["'](\.[^"']+)["']|import\s+["'](\.[^"']+)["']`)

// TestAlone has nothing but the binary: the server package starts it in an empty folder. The
// page and everything that it loads must come from inside.
func TestAlone(t *testing.T) {
	s := server.Start(t)
	wantEcho(t, s.WebSocketURL("/ws"), nil)

	seen := map[string]bool{}
	queue := []string{"/"}
	for len(queue) > 0 {
		file := queue[0]
		queue = queue[1:]
		if seen[file] {
			continue
		}
		seen[file] = true
		response, body := get(t, s.URL+file, nil)
		if response.StatusCode != http.StatusOK || body == "" {
			t.Errorf("%s: %s with %d bytes", file, response.Status, len(body))
			continue
		}
		for _, found := range references(body) {
			if strings.Contains(found, "//") {
				t.Errorf("%s refers to another host: %s", file, found)
				continue
			}
			queue = append(queue, resolve(file, found))
		}
	}
	for _, kind := range []string{".js", ".css"} {
		if !containsKind(seen, kind) {
			t.Errorf("the page loads no %s: only %v", kind, seen)
		}
	}
}

// TestAlonePageIsStrict looks at the headers that keep the page from running anything foreign.
func TestAlonePageIsStrict(t *testing.T) {
	s := server.Start(t)
	response, _ := get(t, s.URL+"/", nil)
	policy := response.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src") || strings.Contains(policy, "unsafe-") {
		t.Errorf("Content-Security-Policy is %q", policy)
	}
	if got := response.Header.Get("X-Content-Type-Options"); got != "nosniff" {
		t.Errorf("X-Content-Type-Options is %q", got)
	}
	if response, _ = get(t, s.URL+"/no/such/file", nil); response.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown address is answered with %s", response.Status)
	}
}

func references(body string) []string {
	var found []string
	for _, match := range reference.FindAllStringSubmatch(body, -1) {
		found = append(found, match[1]+match[2]+match[3])
	}
	return found
}

func resolve(from, to string) string {
	if strings.HasPrefix(to, "/") {
		return to
	}
	return path.Join(path.Dir(from), to)
}

func containsKind(files map[string]bool, kind string) bool {
	for file := range files {
		if strings.HasSuffix(file, kind) {
			return true
		}
	}
	return false
}
