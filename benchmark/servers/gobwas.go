package servers

import (
	"errors"
	"net"
	"net/http"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
)

// startGobwas is the echo of gobwas/ws's README.
func startGobwas(o Options) (string, error) {
	if o.Deflate {
		return "", errors.New("the README's echo has no compression")
	}
	return startHTTP(o, func(w http.ResponseWriter, r *http.Request) {
		conn, _, _, err := ws.UpgradeHTTP(r, w)
		if err != nil {
			return
		}
		go echoGobwas(conn)
	})
}

func echoGobwas(conn net.Conn) {
	defer conn.Close()
	for {
		message, op, err := wsutil.ReadClientData(conn)
		if err != nil {
			return
		}
		if err = wsutil.WriteServerMessage(conn, op, message); err != nil {
			return
		}
	}
}
