package guard

import "strings"

// isHostPort reports whether text is a host, with or without a port, as browsers
// write it: a name in ASCII, or an address.
func isHostPort(text string) bool {
	end := len(text)
	if colon := strings.LastIndexByte(text, ':'); colon > strings.LastIndexByte(text, ']') {
		if !isPort(text[colon+1:]) {
			return false
		}
		end = colon
	}
	host := text[:end]
	if inner, isLiteral := strings.CutPrefix(host, "["); isLiteral {
		inner, isClosed := strings.CutSuffix(inner, "]")
		return isClosed && inner != "" && consistsOf(inner, isInAddress)
	}
	return isName(strings.TrimSuffix(host, "."))
}

// isName reports whether text is labels with dots between them.
func isName(text string) bool {
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || !consistsOf(label, isInLabel) {
			return false
		}
	}
	return true
}

// highestPort is the last one.
const highestPort = "65535"

func isPort(text string) bool {
	return text != "" && len(text) <= len(highestPort) && text[0] != '0' && consistsOf(text, isDigit) &&
		(len(text) < len(highestPort) || text <= highestPort)
}

func consistsOf(text string, allowed func(byte) bool) bool {
	for i := range len(text) {
		if !allowed(text[i]) {
			return false
		}
	}
	return true
}

func isASCII(text string) bool {
	return consistsOf(text, func(c byte) bool { return c < 0x80 })
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isInLabel(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '-' || c == '_'
}

func isInAddress(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' || c == ':' || c == '.'
}
