package servers

import (
	"net/http"

	"github.com/olahol/melody"
)

// maxMelodyMessage replaces a default of 512 bytes, which is less than some
// workloads send.
const maxMelodyMessage = 64 << 10

func serveMelody(o Options, m *melody.Melody) (string, error) {
	m.Config.MaxMessageSize = maxMelodyMessage
	return startHTTP(o, func(w http.ResponseWriter, r *http.Request) {
		_ = m.HandleRequest(w, r)
	})
}

func startMelody(o Options) (string, error) {
	m := melody.New()
	m.Upgrader.EnableCompression = o.Deflate
	m.HandleMessage(func(s *melody.Session, message []byte) {
		_ = s.Write(message)
	})
	return serveMelody(o, m)
}

func startMelodyBroadcast(o Options) (string, error) {
	m := melody.New()
	m.HandleMessage(func(_ *melody.Session, message []byte) {
		_ = m.Broadcast(message)
	})
	return serveMelody(o, m)
}
