package client

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Whatever the URL, parsing does not panic, what is taken can be dialled, and
// no error or shown text holds what stands before an @ or behind a ?.
func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{
		"ws://example.com/ws", "wss://[::1%25eth0]:443/?t=1", "http://user:pw@h:1/", "ws:x", "", "ws://h:/#f",
		"ws://us er:p/w@h", "ws://%zz", "://", "ws://h:65536", "WSS://ü.example", "ws://[::1", "ws://a@b@c",
	} {
		f.Add(seed, "s3cret")
	}
	f.Fuzz(func(t *testing.T, raw, secret string) {
		a, err := parseAddress(raw)
		if err == nil {
			if a.host == "" || !strings.Contains(a.hostPort, ":") || a.url.User != nil || strings.Contains(a.shown, "?") {
				t.Errorf("%q was taken as %+v", raw, a)
			}
			if a.url.Scheme != "ws" && a.url.Scheme != "wss" {
				t.Errorf("scheme %q", a.url.Scheme)
			}
		}
		if len(secret) < 6 || strings.Contains(fixedTexts, secret) {
			return
		}
		for _, withSecret := range []string{
			"ws://u:" + secret + "@h/", "ws://" + secret + "@h:1/", "ws://h/?t=" + url.QueryEscape(secret),
		} {
			a, err := parseAddress(withSecret)
			shown := a.shown
			if err != nil {
				shown = err.Error()
			}
			if strings.Contains(shown, secret) {
				t.Errorf("%q shows the secret: %q", withSecret, shown)
			}
		}
	})
}

// fixedTexts are the words that are shown anyway, in which a "secret" of the
// fuzzer may occur.
var fixedTexts = "ws://h/ ws://h:1/" + errScheme().Error() +
	badURL("it must hold no user and password; send an Authorization header instead").Error() +
	badURL("it cannot be parsed; characters such as @ : / ? # must be percent-encoded").Error() +
	badURL("it must have no fragment, the part from # on").Error() +
	badURL("its host is not a valid name").Error()

// Whatever the body, decoding does not panic and the text of the error is one
// short line that cannot drive a terminal.
func FuzzHandshakeError(f *testing.F) {
	for _, seed := range []string{
		`{"code":62,"message":"origin not allowed","data":null}`, `{"code":"62","message":1}`, `{"code":1e99,"message":"x"}`,
		"plain\r\n\x1b]0;title\x07", "<html>", strings.Repeat("x", 5000), "", "null", "[]", "\xff\xfe", `{"code":1,"message":"\u001b[2J"}`,
	} {
		f.Add(403, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		e := &HandshakeError{StatusCode: status, Body: body}
		e.Code, e.Message = decodeBody(body)
		text := e.Error()
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxShown+150 {
			t.Errorf("text of %d bytes: %q", len(text), text)
		}
		for _, r := range text {
			if !unicode.IsPrint(r) {
				t.Errorf("text has %q", r)
			}
		}
	})
}
