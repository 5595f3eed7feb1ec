package framescan

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"
)

// maxControl is the longest body of a control frame, RFC 6455 section 5.5.
const maxControl = 125

// noStatus stands for a close frame without a code, RFC 6455 section 7.1.5.
const noStatus = 1005

// The codes of violations, RFC 6455 section 7.4.1.
const (
	codeProtocolError = 1002
	codeInvalidData   = 1007
	codeTooBig        = 1009
)

// Closed is the peer's close frame.
type Closed struct {
	Code   int // 1005 when the frame had none
	Reason string
}

// Error implements error.
func (c *Closed) Error() string {
	return fmt.Sprintf("peer closed with %d %q", c.Code, c.Reason)
}

// Violation is a rule that the peer broke, with the code and the reason to
// close with.
type Violation struct {
	Code   int
	Reason string
}

// Error implements error.
func (v *Violation) Error() string { return v.Reason }

func protocolError(reason string) error {
	return &Violation{codeProtocolError, reason}
}

// TooBig is the violation of a message over the limit; negative is none.
func TooBig(limit int64) *Violation {
	if limit < 0 {
		return &Violation{codeTooBig, "message is longer than a length can say"}
	}
	return &Violation{codeTooBig, fmt.Sprintf("message is over the limit of %d bytes", limit)}
}

func tooManyFragments(limit int) error {
	return &Violation{codeTooBig, fmt.Sprintf("message is over the limit of %d fragments", limit)}
}

// BadText is the violation of text that is not UTF-8.
func BadText() *Violation {
	return &Violation{codeInvalidData, "text is not valid UTF-8"}
}

// IsCloseCode reports whether code may stand in a close frame: the codes that
// RFC 6455 section 7.4 and its registry give out for the wire, and those of
// libraries and applications.
func IsCloseCode(code int) bool {
	switch {
	case code >= 1000 && code <= 1003, code >= 1007 && code <= 1014:
		return true
	default:
		return code >= 3000 && code <= 4999
	}
}

// takesClose reports whether the frame whose header is whole is a close frame
// in form. One that is not is left to the library, which refuses it.
func (s *Scanner) takesClose(length uint64) bool {
	return s.header[0] == 0x80|opClose && length <= maxControl && s.masked() == s.options.Masked
}

// close takes the next bytes of the close frame's body. Once it is whole it
// returns it as [*Closed], or a [*Violation].
func (s *Scanner) close(p []byte) error {
	n := min(cap(s.closing)-len(s.closing), len(p))
	s.closing = append(s.closing, p[:n]...)
	if len(s.closing) < cap(s.closing) {
		return nil
	}
	if s.masked() {
		key := s.header[2:6]
		for i := range s.closing {
			s.closing[i] ^= key[i%4]
		}
	}
	return judgeClose(s.closing)
}

// judgeClose reads the body of a close frame. A code that gorilla does not know
// is taken when it is registered; a reason that is not UTF-8 is told from a
// frame that breaks the protocol.
func judgeClose(body []byte) error {
	if len(body) == 0 {
		return &Closed{Code: noStatus}
	}
	if len(body) == 1 {
		return protocolError("close frame with half a code")
	}
	code := int(binary.BigEndian.Uint16(body))
	if !IsCloseCode(code) {
		return protocolError(fmt.Sprintf("close code %d must not be sent", code))
	}
	if !utf8.Valid(body[2:]) {
		return &Violation{codeInvalidData, "close reason is not valid UTF-8"}
	}
	return &Closed{Code: code, Reason: string(body[2:])}
}
