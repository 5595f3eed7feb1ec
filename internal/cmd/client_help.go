package cmd

import (
	"github.com/gogf/gf/v2/os/gcmd"

	"github.com/gfws/gf-websocket/client"
)

// defaultClientURL is where the server of this executable listens by default.
const defaultClientURL = "ws://127.0.0.1:8199/ws"

const clientDescription = `With a MESSAGE: sends it, prints the type (1 text, 2 binary) and the content of the first message that comes back, and closes with code 1000.
Without one, at a terminal: sends every line that is typed and shows what comes; /help there lists the commands.
Without one, with other input: sends every line of it as a message and prints what comes back in the form above. It ends when the input has ended and as many messages have come as were sent, or none came for the time of --timeout.
Proxies are taken from HTTP_PROXY, HTTPS_PROXY and NO_PROXY; localhost is never reached through one.
A MESSAGE that begins with - goes behind --.`

const clientExamples = `gf-websocket client
gf-websocket client ws://127.0.0.1:8199/ws "hello word"
gf-websocket client wss://localhost:8199/wss hello --insecure
gf-websocket client ws://example.com/ws --header "Authorization: Bearer TOKEN" --header "X-Tenant: 7"
printf 'one\ntwo\n' | gf-websocket client`

const clientExitCodes = `EXIT CODES
    0    the conversation ended as it should
    1    anything that has no code of its own
    2    the command line makes no sense
    3    refused: nothing listens at the address
    4    timed out
    5    bad handshake: another answer than a switch to WebSocket, or a certificate that is not trusted
    6    closed by the server, or broken; the message has the code and the reason`

// The names of the options.
const (
	optionInsecure    = "insecure"
	optionCA          = "ca"
	optionHeader      = "header"
	optionOrigin      = "origin"
	optionSubprotocol = "subprotocol"
	optionTimeout     = "timeout"
	optionBinary      = "binary"
)

// clientArguments are what the command takes, for gcmd's help and for the
// command's own parser.
func clientArguments() []gcmd.Argument {
	return []gcmd.Argument{
		{Name: "URL", IsArg: true, Brief: "ws://, wss://, http:// or https:// address; " + defaultClientURL + " by default"},
		{Name: "MESSAGE", IsArg: true, Brief: "what to send"},
		{Name: optionTimeout, Short: "t", Default: client.DefaultHandshakeTimeout.String(),
			Brief: "longest wait for the connection, and again for an answer, as in 10s or 500ms"},
		{Name: optionHeader, Short: "H", Brief: `header of the handshake, as in "Name: value"; may be repeated`},
		{Name: optionOrigin, Short: "o", Brief: "Origin header of the handshake; none by default"},
		{Name: optionSubprotocol, Short: "s", Brief: "subprotocol to offer; may be repeated, the preferred one first"},
		{Name: optionBinary, Short: "b", Orphan: true, Brief: "send binary messages instead of text"},
		{Name: optionCA, Brief: "PEM file of certificates to trust besides the system's"},
		{Name: optionInsecure, Short: "k", Orphan: true, Brief: "trust any certificate"},
	}
}
