package cmd

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/gcmd"
)

// healthTimeout bounds all that the command does.
const healthTimeout = 4 * time.Second

// healthCommand asks the server of this machine, for an image that has no other
// program to do it.
func healthCommand() *gcmd.Command {
	return &gcmd.Command{
		Name:  "health",
		Usage: "gf-websocket health [OPTION]",
		Brief: "ask the server on this machine whether it serves; ends with 0 when it does",
		Arguments: []gcmd.Argument{
			{Name: "address", Short: "a", Brief: "address that the server was given; default is that of the configuration, else " + defaultAddress},
		},
		Examples: "gf-websocket health\n" +
			"gf-websocket health --address :8080",
		Func: func(ctx context.Context, parser *gcmd.Parser) error {
			address, err := choose(ctx, parser, "address", "server.address")
			if err != nil {
				return err
			}
			if address.value == "" {
				address.value = defaultAddress
			}
			if err = checkAddress(address); err != nil {
				return err
			}
			return checkHealth(ctx, reachable(address.value))
		},
	}
}

// reachable returns the first of a server's addresses as one to dial.
func reachable(addresses string) string {
	first, _, _ := strings.Cut(addresses, ",")
	port := first
	if _, after, err := net.SplitHostPort(first); err == nil {
		port = after
	}
	return net.JoinHostPort(reachableHost(first), port)
}

// checkHealth asks by HTTPS first: a plain server takes that for a bad request
// and logs nothing, while one of HTTPS would log every plain request.
func checkHealth(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	client := &http.Client{
		Transport: &http.Transport{
			DisableKeepAlives: true,
			// Nothing is told to the peer, which is on this machine.
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	err := askHealth(ctx, client, "https://"+address+healthPath)
	if !errors.Is(err, http.ErrSchemeMismatch) {
		return err
	}
	return askHealth(ctx, client, "http://"+address+healthPath)
}

func askHealth(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return gerror.WrapCode(gcode.CodeInvalidParameter, err, "not healthy")
	}
	res, err := client.Do(req)
	if err != nil {
		return gerror.WrapCode(gcode.CodeOperationFailed, err, "not healthy")
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return gerror.NewCodef(gcode.CodeOperationFailed, "not healthy: %s answers %s", url, res.Status)
	}
	return nil
}
