package cmd

import (
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
)

// announce prints where the echo with its page and the rooms with their API are.
func (l *listen) announce(w io.Writer, s *ghttp.Server, echo, rpc gfws.Config) {
	fmt.Fprintf(w, "gfws %s\n", gfws.Version)
	secure := l.certPath != ""
	if !secure || l.httpsAddress != "" {
		l.announceOne(w, "", l.address, s.GetListenedPort(), echo, rpc)
	}
	if !secure {
		return
	}
	address := l.httpsAddress
	if address == "" {
		address = l.address
	}
	l.announceOne(w, "s", address, s.GetListenedHTTPSPort(), echo, rpc)
	if l.development {
		fmt.Fprintf(w, "  certificate  %s (for development; browsers will warn)\n", l.certPath)
	}
}

// announceOne prints one scheme, "" for plain or "s" for secure.
func (l *listen) announceOne(w io.Writer, scheme, address string, port int, echo, rpc gfws.Config) {
	host := net.JoinHostPort(reachableHost(address), strconv.Itoa(port))
	for _, path := range pathsFor(scheme, echo.Paths) {
		fmt.Fprintf(w, "  echo         ws%s://%s%s\n", scheme, host, path)
	}
	for _, path := range pathsFor(scheme, rpc.Paths) {
		fmt.Fprintf(w, "  rooms        ws%s://%s%s\n", scheme, host, path)
	}
	if path := rpc.AsyncAPI.Path; path != "" && path != "off" {
		fmt.Fprintf(w, "  methods      http%s://%s%s\n", scheme, host, path)
	}
	if rpc.Push.Token != "" {
		fmt.Fprintf(w, "  push         http%s://%s%s\n", scheme, host, rpc.Push.Path)
	}
	if page := echo.Console.Path; page != "" && page != "off" {
		fmt.Fprintf(w, "  page         http%s://%s%s\n", scheme, host, page)
	}
}

// pathsFor returns those of paths that are named for the scheme, or all where
// none is: each answers on both.
func pathsFor(scheme string, paths []string) []string {
	var named []string
	for _, path := range paths {
		if strings.HasSuffix(path, "wss") == (scheme == "s") {
			named = append(named, path)
		}
	}
	if len(named) == 0 {
		return paths
	}
	return named
}

// reachableHost turns "every address" into one that a browser can open.
func reachableHost(address string) string {
	first, _, _ := strings.Cut(address, ",")
	host, _, err := net.SplitHostPort(first)
	if err != nil || host == "" || host == "0.0.0.0" || host == "::" {
		return "127.0.0.1"
	}
	return host
}
