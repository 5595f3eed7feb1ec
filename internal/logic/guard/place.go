package guard

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gogf/gf/v2/errors/gcode"

	"github.com/gfws/gf-websocket/internal/limit"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// takePlace takes a place for the connection: 503 where the server is full, 429
// where its own address has had its share.
func takePlace(in model.HandshakeInput) error {
	if in.Ticket == nil {
		return nil
	}
	return refuseExceeded(in.Ticket.Enter(in.Client))
}

// CheckUser counts a connection whose user is known now, before its upgrade. Its
// error is a [model.Refusal].
func (s *sGuard) CheckUser(ticket *limit.Ticket, user string) error {
	return refuseExceeded(ticket.Identify(user))
}

// refuseExceeded turns a limit that is reached into the answer of a handshake.
func refuseExceeded(err error) error {
	var exceeded *limit.Exceeded
	if !errors.As(err, &exceeded) {
		return err
	}
	refusal := &model.Refusal{
		Status:  http.StatusTooManyRequests,
		Code:    gcode.CodeSecurityReason,
		Message: exceeded.Limit,
		Header:  http.Header{"Retry-After": {strconv.Itoa(exceeded.RetryAfter)}},
		Reason:  exceeded.Reason,
	}
	if exceeded.Total {
		refusal.Status, refusal.Code = http.StatusServiceUnavailable, gcode.CodeServerBusy
	}
	return refusal
}

// CheckRate decides about a message by what its sender has sent before. Its error
// is a [model.MessageRefusal] that closes; else the verdict tells whether to wait
// first.
func (s *sGuard) CheckRate(ticket *limit.Ticket, session *ws.Session, m ws.Message) (limit.Verdict, error) {
	verdict := ticket.Spend(session.Heard(), len(m.Data))
	if verdict.Over != nil {
		return verdict, closeExceeded(verdict.Over)
	}
	return verdict, nil
}

// CheckIdentity counts a session as one of whoever it belongs to by now. Its
// error is a [model.MessageRefusal] that closes.
func (s *sGuard) CheckIdentity(ticket *limit.Ticket, session *ws.Session) error {
	if refusal := countUser(ticket, session.User()); refusal != nil {
		return refusal
	}
	return nil
}

// countUser is CheckIdentity for one who the session may belong to next. A nil
// ticket counts nothing.
func countUser(ticket *limit.Ticket, user string) *model.MessageRefusal {
	if ticket == nil || !ticket.CountsUsers() {
		return nil
	}
	var exceeded *limit.Exceeded
	if errors.As(ticket.Identify(user), &exceeded) {
		return closeExceeded(exceeded)
	}
	return nil
}

func closeExceeded(exceeded *limit.Exceeded) *model.MessageRefusal {
	return &model.MessageRefusal{
		Reason: exceeded.Reason,
		Close:  ws.CloseError{Code: ws.CodePolicyViolation, Reason: exceeded.Limit},
		Code:   gcode.CodeSecurityReason,
		Final:  true,
	}
}
