package cmd

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gfws/gf-websocket/ws"
)

// maxShownBinary is how many bytes of a binary message a journal shows.
const maxShownBinary = 64

// clock returns the time of day as a journal shows it.
func clock() string { return time.Now().Format("15:04:05.000") }

// describe returns m in one line: text as it is, binary in hexadecimal.
func describe(m ws.Message) string {
	if m.Type != ws.Binary {
		return m.Type.String() + " " + printable(string(m.Data))
	}
	shown, rest := m.Data, ""
	if len(shown) > maxShownBinary {
		shown, rest = shown[:maxShownBinary], "…"
	}
	return fmt.Sprintf("%s (%d bytes) %s%s", m.Type, len(m.Data), hex.EncodeToString(shown), rest)
}

// printable returns s with everything that could drive a terminal, line ends
// included, written as Go would: the text is the server's.
func printable(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRune(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}
