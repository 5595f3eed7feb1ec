package console

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gogf/gf/v2/net/ghttp"
)

// File is one file of the page.
type File struct {
	// Route is its path below the page's own, such as "/a/0123456789ab/js/main.js";
	// "/" for the page itself.
	Route string

	content     []byte
	gzipped     func() []byte // empty where it would not be smaller
	contentType string
	caching     string
	etag        string
}

func newFile(route, name, caching string, content []byte) *File {
	sum := sha256.Sum256(content)
	return &File{
		Route:       route,
		content:     content,
		gzipped:     sync.OnceValue(func() []byte { return gzipped(content) }),
		contentType: contentType(name),
		caching:     caching,
		etag:        hex.EncodeToString(sum[:8]),
	}
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

// Serve answers with the file.
func (f *File) Serve(r *ghttp.Request) {
	if f.Route == "/" && !asksFolder(r) {
		redirectToFolder(r)
		return
	}
	header := r.Response.Header()
	header.Set("Content-Type", f.contentType)
	header.Set("Cache-Control", f.caching)
	secure(header)
	if strings.HasPrefix(f.Route, clientFolder) {
		share(header)
	}
	content := f.encode(r.Request, header)
	w := &statusWriter{ResponseWriter: r.Response.RawWriter()}
	http.ServeContent(w, r.Request, "", time.Time{}, bytes.NewReader(content))
	markAnswered(r, w.status)
}

// encode picks what to send, tells so in header, and names it: an entity tag is
// of one encoding.
func (f *File) encode(r *http.Request, header http.Header) []byte {
	header.Set("ETag", `"`+f.etag+`"`)
	small := f.gzipped()
	if len(small) == 0 {
		return f.content
	}
	header.Add("Vary", "Accept-Encoding")
	if !acceptsGzip(r.Header.Values("Accept-Encoding")) {
		return f.content
	}
	header.Set("ETag", `"`+f.etag+`-gzip"`)
	header.Set("Content-Encoding", "gzip")
	// ServeContent leaves the length of what is encoded to us.
	header.Set("Content-Length", strconv.Itoa(len(small)))
	return small
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
	folder := url.URL{Path: "./" + path.Base(r.URL.Path) + "/", RawQuery: r.URL.RawQuery}
	r.Response.Header().Set("Location", folder.String())
	r.Response.WriteStatus(http.StatusFound)
}
