package ws

import (
	"net/http"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// extension is one offer of a Sec-WebSocket-Extensions header.
type extension struct {
	name   string
	params []extensionParam
}

type extensionParam struct {
	name, value string
	hasValue    bool
}

// parseExtensions reads the offers of all header lines by the grammar of RFC
// 6455 section 9.1, and reports whether they follow it.
func parseExtensions(header http.Header) (offers []extension, ok bool) {
	for _, line := range header["Sec-Websocket-Extensions"] {
		p := extensionParser{rest: line}
		for !p.done() {
			offer, ok := p.extension()
			if !ok {
				return nil, false
			}
			if offer.name != "" {
				offers = append(offers, offer)
			}
		}
	}
	return offers, true
}

// extensionParser takes a header line apart from its beginning.
type extensionParser struct{ rest string }

func (p *extensionParser) done() bool { return p.rest == "" }

// skip takes c away if it comes next, and the blanks around it.
func (p *extensionParser) skip(c byte) bool {
	p.rest = strings.TrimLeft(p.rest, " \t")
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = strings.TrimLeft(p.rest[1:], " \t")
	return true
}

// extension takes the next element of the list, with the comma behind it. Empty
// elements are allowed (RFC 9110 section 5.6.1.2) and have no name.
func (p *extensionParser) extension() (extension, bool) {
	if p.skip(',') {
		return extension{}, true
	}
	name := p.token()
	if name == "" {
		return extension{}, p.done()
	}
	offer := extension{name: name}
	for p.skip(';') {
		param, ok := p.param()
		if !ok {
			return extension{}, false
		}
		offer.params = append(offer.params, param)
	}
	return offer, p.skip(',') || p.done()
}

func (p *extensionParser) param() (extensionParam, bool) {
	name := p.token()
	if name == "" || !p.skip('=') {
		return extensionParam{name: name}, name != ""
	}
	value, ok := p.value()
	return extensionParam{name, value, true}, ok
}

// value takes a token, quoted or not.
func (p *extensionParser) value() (string, bool) {
	if !strings.HasPrefix(p.rest, `"`) {
		value := p.token()
		return value, value != ""
	}
	quoted := p.rest[1:]
	var value []byte
	for i := 0; i < len(quoted); i++ {
		switch quoted[i] {
		case '"':
			p.rest = quoted[i+1:]
			return string(value), httpguts.ValidHeaderFieldName(string(value))
		case '\\':
			i++
			if i == len(quoted) {
				return "", false
			}
		}
		value = append(value, quoted[i])
	}
	return "", false
}

// token takes the longest token that comes next, which may be empty.
func (p *extensionParser) token() string {
	p.rest = strings.TrimLeft(p.rest, " \t")
	n := 0
	for n < len(p.rest) && httpguts.IsTokenRune(rune(p.rest[n])) {
		n++
	}
	token := p.rest[:n]
	p.rest = p.rest[n:]
	return token
}
