package rpcwire

import (
	"strconv"
	"unicode/utf8"
)

const version = `{"jsonrpc":"2.0"`

// AppendRequest appends a call that is to be answered. id, and params unless
// nil, must be valid JSON.
func AppendRequest(dst, id []byte, method string, params []byte) []byte {
	dst = append(dst, version...)
	dst = appendID(dst, id)
	return appendCall(dst, method, params)
}

// AppendNotification appends a call without an answer. params, unless nil, must
// be valid JSON.
func AppendNotification(dst []byte, method string, params []byte) []byte {
	dst = append(dst, version...)
	return appendCall(dst, method, params)
}

func appendCall(dst []byte, method string, params []byte) []byte {
	dst = append(dst, `,"method":`...)
	dst = AppendString(dst, method)
	if params != nil {
		dst = append(dst, `,"params":`...)
		dst = append(dst, params...)
	}
	return append(dst, '}')
}

// AppendResult appends the answer to a call. A nil id and a nil result are
// written as null; else both must be valid JSON.
func AppendResult(dst, id, result []byte) []byte {
	dst = append(dst, version...)
	dst = appendID(dst, id)
	dst = append(dst, `,"result":`...)
	dst = appendValue(dst, result)
	return append(dst, '}')
}

// AppendError appends the failure of a call. A nil id is written as null. e
// must not be nil, and its Data, unless empty, must be valid JSON.
func AppendError(dst, id []byte, e *Error) []byte {
	dst = append(dst, version...)
	dst = appendID(dst, id)
	dst = append(dst, `,"error":{"code":`...)
	dst = strconv.AppendInt(dst, int64(e.Code), 10)
	dst = append(dst, `,"message":`...)
	dst = AppendString(dst, e.Message)
	if len(e.Data) > 0 {
		dst = append(dst, `,"data":`...)
		dst = append(dst, e.Data...)
	}
	return append(dst, "}}"...)
}

func appendID(dst, id []byte) []byte {
	dst = append(dst, `,"id":`...)
	return appendValue(dst, id)
}

func appendValue(dst, value []byte) []byte {
	if value == nil {
		return append(dst, "null"...)
	}
	return append(dst, value...)
}

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string. A byte that is not UTF-8 becomes
// U+FFFD.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size > 1 {
			i += size
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, c, r)
		i++
		start = i
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// appendEscape appends what stands for one byte that cannot stand for itself.
func appendEscape(dst []byte, c byte, r rune) []byte {
	switch {
	case r == utf8.RuneError:
		return append(dst, `\ufffd`...)
	case c == '"' || c == '\\':
		return append(dst, '\\', c)
	case c == '\n':
		return append(dst, `\n`...)
	case c == '\t':
		return append(dst, `\t`...)
	default:
		return append(dst, `\u00`+string([]byte{hexDigits[c>>4], hexDigits[c&0xf]})...)
	}
}
