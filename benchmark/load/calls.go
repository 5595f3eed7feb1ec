package load

import (
	"bytes"
	"fmt"
)

// calls are JSON-RPC 2.0 calls of the method "echo", whose result is to equal
// their params. The id carries the mark.
type calls struct {
	stamped
	want []byte // the answer
}

const (
	// callHead is as long as a mask's multiple wants it.
	callHead   = `{"jsonrpc":"2.0", "id":"`
	callTail   = `","method":"echo","params":{"text":"`
	answerHead = `{"jsonrpc":"2.0","id":"`
	answerTail = `","result":{"text":"`
	callEnd    = `"}}`
)

// newCalls makes calls with a text of size bytes.
func newCalls(size int) *calls {
	text := bytes.ReplaceAll(filler(size), []byte{'"'}, []byte{'.'})
	id := make([]byte, MinSize)
	payload := bytes.Join([][]byte{[]byte(callHead), id, []byte(callTail), text, []byte(callEnd)}, nil)
	return &calls{
		stamped: newStamped(payload, len(callHead)),
		want:    bytes.Join([][]byte{[]byte(answerHead), id, []byte(answerTail), text, []byte(callEnd)}, nil),
	}
}

func (c *calls) check(id uint32, n uint64, payload []byte, deflated bool) error {
	if deflated {
		return fmt.Errorf("answer %d of connection %d came compressed", n, id)
	}
	mark(c.want[len(answerHead):len(answerHead)+MinSize], id, n)
	if !bytes.Equal(payload, c.want) {
		return fmt.Errorf("answer %d of connection %d is %.120q instead of %.120q", n, id, payload, c.want)
	}
	return nil
}
