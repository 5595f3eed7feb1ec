package jsonrpc

import (
	"context"
	"strconv"
	"strings"

	"github.com/gogf/gf/v2/i18n/gi18n"

	"github.com/gfws/gf-websocket/ws"
)

// languageOf returns the language that ctx has, or else the one that the
// handshake prefers.
func languageOf(ctx context.Context, s *ws.Session) string {
	if language := gi18n.LanguageFromCtx(ctx); language != "" {
		return language
	}
	return preferred(s.Handshake().Language)
}

// preferred returns the language of the greatest weight in an Accept-Language,
// RFC 9110 section 12.5.4; "" for none.
func preferred(accept string) string {
	best, weight := "", 0.0
	for item := range strings.SplitSeq(accept, ",") {
		tag, parameter, weighted := strings.Cut(item, ";")
		tag = strings.TrimSpace(tag)
		q := 1.0
		if weighted {
			value, _ := strings.CutPrefix(strings.TrimSpace(parameter), "q=")
			q, _ = strconv.ParseFloat(value, 64)
		}
		if q > weight && isLanguage(tag) {
			best, weight = tag, q
		}
	}
	return best
}

// isLanguage reports whether tag can name a language: letters, digits and
// hyphens, and not too many of them.
func isLanguage(tag string) bool {
	if tag == "" || len(tag) > 35 {
		return false
	}
	for _, c := range tag {
		if c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}
