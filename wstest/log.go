package wstest

import (
	"bytes"
	"os"

	"github.com/gogf/gf/v2/os/glog"
)

// silent returns a logger that tells only why the process ends, which is ghttp's
// way with a server that cannot start.
func silent() *glog.Logger {
	logger := glog.New()
	logger.SetStdoutPrint(false)
	logger.SetWriter(lastWords{})
	return logger
}

// lastWords passes on what ends the process.
type lastWords struct{}

// Write implements [io.Writer].
func (lastWords) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("[FATA]")) {
		return os.Stderr.Write(line)
	}
	return len(line), nil
}
