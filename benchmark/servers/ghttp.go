package servers

import (
	"fmt"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gsession"
)

// newGHTTP returns a server as GoFrame makes it, but one that is silent, since
// its output is read, and writes no session files.
func newGHTTP() *ghttp.Server {
	s := g.Server()
	s.SetDumpRouterMap(false)
	s.SetSessionStorage(gsession.NewStorageMemory())
	s.Logger().SetStdoutPrint(false)
	return s
}

func startGHTTP(o Options, s *ghttp.Server) (string, error) {
	s.SetAddr(loopback)
	if o.secure() {
		s.EnableHTTPS(o.Certificate, o.Key)
		s.SetHTTPSAddr(loopback)
	}
	if err := s.Start(); err != nil {
		return "", err
	}
	port := s.GetListenedPort()
	if o.secure() {
		port = s.GetListenedHTTPSPort()
	}
	return fmt.Sprintf("127.0.0.1:%d", port), nil
}
