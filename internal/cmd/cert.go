package cmd

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/gogf/gf/v2/os/gcmd"

	"github.com/gfws/gf-websocket/utility/devcert"
)

// certCommand makes the development certificate and says where it is.
func certCommand() *gcmd.Command {
	return &gcmd.Command{
		Name:  "cert",
		Usage: "gf-websocket cert [OPTION]",
		Brief: "make the development certificate that --tls uses, and say where it is and how to trust it",
		Arguments: []gcmd.Argument{
			{Name: "dir", Short: "d", Brief: "directory of the certificate; default is where --tls keeps it"},
		},
		Examples: "gf-websocket cert\n" +
			"gf-websocket cert --dir certs",
		Func: func(_ context.Context, parser *gcmd.Parser) error {
			return printCertificate(os.Stdout, parser.GetOpt("dir").String(), runtime.GOOS)
		},
	}
}

// printCertificate ensures the certificate in dir, the default directory if that
// is empty, and explains it for the given operating system.
func printCertificate(w io.Writer, dir, system string) error {
	files, err := devcert.Ensure(dir)
	if err != nil {
		return err
	}
	origin := "found"
	if files.Created {
		origin = "made now: " + files.Reason
	}
	_, err = fmt.Fprintf(w, `development certificate (%s)
  certificate  %s
  key          %s
  for          localhost, 127.0.0.1 and ::1, until %s

To trust it for one command:
  gf-websocket client --ca %[5]s wss://localhost:8199/wss
  curl --cacert %[5]s https://localhost:8199/

To trust it in browsers:
  %[6]s
  Firefox: open https://localhost:8199/ and accept the risk once.
`, origin, files.CertPath, files.KeyPath, files.Expires.Format(time.DateOnly), quote(files.CertPath), trustCommand(system, files.CertPath))
	return err
}

// trustCommand returns what adds the certificate to the store that the
// browsers of a system read.
func trustCommand(system, path string) string {
	switch system {
	case "darwin":
		return "security add-trusted-cert -r trustRoot -p ssl " + quote(path)
	case "windows":
		return "certutil -user -addstore Root " + quote(path)
	default:
		return `certutil -d sql:"$HOME/.pki/nssdb" -A -t P,, -n gf-websocket -i ` + quote(path) + "   (from libnss3-tools, for Chromium)"
	}
}

// quote makes path one word for a shell, and leaves it alone where it is one.
func quote(path string) string {
	if !strings.ContainsAny(path, " \t'$&();") {
		return path
	}
	if strings.ContainsRune(path, '\\') {
		return `"` + path + `"`
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
