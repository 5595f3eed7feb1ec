package console

import (
	"net/http"

	"github.com/gogf/gf/v2/net/ghttp"
)

// fileHeaders say of a file what is not true of an answer in its place.
var fileHeaders = []string{"Cache-Control", "Content-Encoding", "Content-Length", "Content-Type", "Etag"}

// statusWriter notes the status that is written.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements [http.ResponseWriter]. Where a condition fails, net/http
// leaves what was said of the file, such as how long it is.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	if status == http.StatusPreconditionFailed {
		for _, name := range fileHeaders {
			w.Header().Del(name)
		}
	}
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
