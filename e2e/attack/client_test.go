package attack

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"

	"github.com/gfws/gf-websocket/e2e/wire"
)

// visit is what an honest client does: it comes from an address of its own, as a
// user of its own, says something, and hears it.
func (a *arena) visit(number int) error {
	conn, err := wire.Dial(a.target.Host, patience)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	token := a.issue(map[string]any{"sub": fmt.Sprintf("guest-%d", number)})
	response, err := conn.Request(wire.Handshake(a.target, bearer(token), forwarded(fmt.Sprintf("192.0.2.%d", number%250+1))))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusSwitchingProtocols {
		return fmt.Errorf("answered with %s", response.Status)
	}
	said := fmt.Sprintf("hello %d", number)
	sent := said
	if a.attack.signed {
		sent = a.sealer.seal(said)
	}
	if err = conn.Send(wire.TextFrame(sent)); err != nil {
		return err
	}
	heard, err := receive(conn)
	if err != nil {
		return err
	}
	if heard.Opcode != wire.Text || string(heard.Payload) != said {
		return fmt.Errorf("said %q and got opcode %d with %q", said, heard.Opcode, heard.Payload)
	}
	return conn.Send(wire.CloseFrame(1000, ""))
}

// receive returns the next frame that is no ping, and answers those.
func receive(conn *wire.Conn) (wire.Frame, error) {
	for {
		frame, err := conn.Receive()
		if err != nil || frame.Opcode != wire.Ping {
			return frame, err
		}
		if err = conn.Send(wire.Frame{Opcode: wire.Pong, Payload: frame.Payload}); err != nil {
			return frame, err
		}
	}
}

func bearer(token string) string { return "Authorization: Bearer " + token }

// forwarded is the line by which the proxy tells who its client is.
func forwarded(address string) string { return "X-Forwarded-For: " + address }

// ask sends a handshake of the attacker's with these lines, and returns the
// status of the answer; 0 where the server ended the connection instead. One
// that was let in is held.
func (a *arena) ask(lines ...string) (status int, conn *wire.Conn) {
	conn, err := wire.Dial(a.target.Host, patience)
	if err != nil {
		a.Errorf("connect: %v", err)
		return 0, nil
	}
	a.hold(conn)
	response, err := conn.Request(append(wire.Handshake(a.target), lines...))
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		a.Errorf("the server has not answered within %s", patience)
		return 0, conn
	case err != nil:
		return 0, conn
	}
	return response.StatusCode, conn
}

// refuse fails unless a handshake with these lines gets one of the statuses.
func (a *arena) refuse(what string, statuses []int, lines ...string) {
	a.Helper()
	status, _ := a.ask(append(lines, forwarded(attacker))...)
	a.try(slices.Contains(statuses, status), "%s: answered with %d, want one of %d", what, status, statuses)
}

// open returns a session of the attacker's, who has a token as everybody can
// have, and further lines.
func (a *arena) open(lines ...string) (*wire.Conn, bool) {
	a.Helper()
	token := a.issue(map[string]any{"sub": "mallory"})
	return a.openAs(append(lines, bearer(token))...)
}

// openAs is open with the credentials that are in lines.
func (a *arena) openAs(lines ...string) (*wire.Conn, bool) {
	a.Helper()
	status, conn := a.ask(append(lines, forwarded(attacker))...)
	if status != http.StatusSwitchingProtocols {
		a.Errorf("the attacker was answered with %d before the attack", status)
	}
	return conn, status == http.StatusSwitchingProtocols
}

// ended is how a session came to its end.
type ended struct {
	code     uint16 // of the close frame; 0 for none
	messages int    // that came before
}

// read reads until the end, and returns os.ErrDeadlineExceeded where there is none.
func read(conn *wire.Conn) (ended, error) {
	var e ended
	for {
		frame, err := conn.Receive()
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return e, err
		case err != nil:
			return e, nil
		case frame.Opcode == wire.Close:
			e.code = frame.CloseCode()
			_ = conn.Send(wire.CloseFrame(e.code, ""))
			_, _ = io.Copy(io.Discard, conn.Reader)
			return e, nil
		case frame.Opcode == wire.Text || frame.Opcode == wire.Binary:
			e.messages++
		}
	}
}

// closed fails unless the server closes with one of the codes.
func (a *arena) closed(what string, conn *wire.Conn, codes ...uint16) ended {
	a.Helper()
	e, err := read(conn)
	a.try(err == nil && slices.Contains(codes, e.code), "%s: closed with %d (%v) after %d messages, want one of %d", what, e.code, err, e.messages, codes)
	return e
}
