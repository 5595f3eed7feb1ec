package servers

import (
	"io"
	"log"
	"net"
	"net/http"
)

// startHTTP serves /ws by net/http.
func startHTTP(o Options, handle http.HandlerFunc) (string, error) {
	listener, err := net.Listen("tcp", loopback)
	if err != nil {
		return "", err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/ws", handle)
	server := &http.Server{Handler: mux, ErrorLog: log.New(io.Discard, "", 0)}
	if o.secure() {
		go func() { log.Fatal(server.ServeTLS(listener, o.Certificate, o.Key)) }()
		return listener.Addr().String(), nil
	}
	go func() { log.Fatal(server.Serve(listener)) }()
	return listener.Addr().String(), nil
}
