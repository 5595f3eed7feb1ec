package console

import (
	"bufio"
	"bytes"
	"net"
	"net/http"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// recordedBody is the most that is kept of an answer, in bytes.
const recordedBody = 64 << 10

// recorder takes the answer to a handshake that has no connection to upgrade.
type recorder struct {
	header   http.Header
	status   int
	body     bytes.Buffer
	upgraded bool
}

func newRecorder() *recorder { return &recorder{header: http.Header{}} }

// Header implements [http.ResponseWriter].
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader implements [http.ResponseWriter].
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

// Write implements [http.ResponseWriter].
func (r *recorder) Write(data []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	r.body.Write(data[:min(len(data), recordedBody-r.body.Len())])
	return len(data), nil
}

// Hijack implements [http.Hijacker]. That it is asked for means that nobody
// refused.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	r.upgraded = true
	return nil, nil, gerror.NewCode(gcode.CodeNotSupported, "only asked whether the handshake would be accepted")
}

// answer returns the status that the client of a real handshake would see.
func (r *recorder) answer() int {
	if r.upgraded {
		return http.StatusSwitchingProtocols
	}
	return r.status
}

// message returns what an answer in GoFrame's form says.
func (r *recorder) message() string {
	if r.upgraded {
		return ""
	}
	answer, err := gjson.LoadJson(r.body.Bytes(), true)
	if err != nil {
		return ""
	}
	return answer.Get("message").String()
}
