package guard

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"
)

// signingKey is shared with the device.
const signingKey = "sixteen bytes at least"

// seal puts a text into an envelope of that time.
func seal(at time.Time, text string) string {
	nonce := make([]byte, 16)
	_, _ = rand.Read(nonce)
	mac := hmac.New(sha256.New, []byte(signingKey))
	fmt.Fprintf(mac, "%d\n%s\ntext\n%s", at.UnixMilli(), encode(nonce), text)
	return fmt.Sprintf(`{"ts":%d,"nonce":%q,"type":"text","data":%q,"sig":%q}`,
		at.UnixMilli(), encode(nonce), text, encode(mac.Sum(nil)))
}

// TestSignatureWindow takes times that the default would refuse, and refuses one that
// it would take.
func TestSignatureWindow(t *testing.T) {
	wide := enter(t, binary(t, "signature: {keys: [%q], window: 10m}", signingKey), "/ws")
	for _, off := range []time.Duration{0, -5 * time.Minute, 5 * time.Minute} {
		wide.say(seal(time.Now().Add(off), off.String()))
		wide.hear(off.String())
	}
	narrow := enter(t, binary(t, "signature: {keys: [%q], window: 1s}", signingKey), "/ws")
	narrow.say(seal(time.Now().Add(-10*time.Second), "late"))
	narrow.closed(1008, "")
}
