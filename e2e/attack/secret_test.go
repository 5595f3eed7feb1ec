package attack

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
)

// secret is what no log may have.
type secret struct{ what, text string }

// shortestTail is the part of a secret that would be as good as all of it.
const shortestTail = 24

// foundIn returns in which form a log has the secret; "" for none.
func (s secret) foundIn(log string) string {
	tail := s.text[max(0, len(s.text)-shortestTail):]
	forms := []struct{ name, text string }{
		{"it is", s.text},
		{"its end", tail},
		{"an escaped query", url.QueryEscape(s.text)},
		{"base64", base64.StdEncoding.EncodeToString([]byte(s.text))},
		{"base64url", base64.RawURLEncoding.EncodeToString([]byte(s.text))},
		{"hexadecimal", hex.EncodeToString([]byte(s.text))},
	}
	for _, form := range forms {
		if strings.Contains(log, form.text) {
			return form.name
		}
	}
	return ""
}
