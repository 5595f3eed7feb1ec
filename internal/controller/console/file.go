package console

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/packed"
)

// clientFolder holds the client for browsers, which pages of any origin may
// import: it is the same for everyone and holds no secret.
const clientFolder = "/js/client/"

// index is the file that the folder itself answers with.
const index = "index.html"

// File is one file of the page.
type File struct {
	// Route is its path below the page's own, such as "/js/main.js"; "/" for
	// the page itself.
	Route string

	content     []byte
	contentType string
	etag        string
}

// Files returns the files of the page.
func Files() ([]*File, error) {
	resource, err := packed.Public()
	if err != nil {
		return nil, err
	}
	var files []*File
	for _, entry := range resource.ScanDirFile(packed.Prefix, "*", true) {
		content := entry.Content()
		sum := sha256.Sum256(content)
		file := &File{
			Route:       strings.TrimPrefix(entry.Name(), packed.Prefix),
			content:     content,
			contentType: contentType(entry.Name()),
			etag:        `"` + hex.EncodeToString(sum[:8]) + `"`,
		}
		if file.Route == "/"+index {
			file.Route = "/"
		}
		files = append(files, file)
	}
	return files, nil
}

// contentType does not ask the system's table, which differs from machine to
// machine and on Windows may call a script text/plain.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".ts":
		return "text/plain; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	default:
		return mime.TypeByExtension(path.Ext(name))
	}
}

// Serve answers with the file. A browser asks again each time and gets 304
// while the file is the same.
func (f *File) Serve(r *ghttp.Request) {
	if f.Route == "/" && !asksFolder(r) {
		redirectToFolder(r)
		return
	}
	header := r.Response.Header()
	header.Set("Content-Type", f.contentType)
	header.Set("ETag", f.etag)
	header.Set("Cache-Control", "no-cache")
	header.Set("Content-Security-Policy", contentSecurityPolicy(r.Request))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	if strings.HasPrefix(f.Route, clientFolder) {
		header.Set("Access-Control-Allow-Origin", "*")
	}
	w := &statusWriter{ResponseWriter: r.Response.RawWriter()}
	http.ServeContent(w, r.Request, "", time.Time{}, bytes.NewReader(f.content))
	markAnswered(r, w.status)
}

// asksFolder reports whether the path has a slash at its end. ghttp takes that
// off URL.Path.
func asksFolder(r *ghttp.Request) bool {
	asked, _, _ := strings.Cut(r.RequestURI, "?")
	return strings.HasSuffix(asked, "/")
}

// redirectToFolder sends the browser to the path with a slash at its end, from
// where the page's own links lead to its files. The answer is relative, since a
// proxy may show the path under another one.
func redirectToFolder(r *ghttp.Request) {
	r.Response.Header().Set("Location", path.Base(r.URL.Path)+"/")
	r.Response.WriteStatus(http.StatusFound)
}

// statusWriter notes the status that is written.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements [http.ResponseWriter].
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// markAnswered tells ghttp's access log the status, and keeps a host's response
// middleware from taking an answer without a body, such as a 304, for none:
// net/http drops what the buffer holds.
func markAnswered(r *ghttp.Request, status int) {
	r.Response.WriteHeader(status)
	if r.Response.BytesWritten() == 0 {
		r.Response.SetBuffer([]byte(http.StatusText(status)))
	}
}
