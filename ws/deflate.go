package ws

import (
	"bytes"
	"compress/flate"
	"sync"
)

// deflaters shares compressors, which take some hundred KB each, among the
// sessions of a hub. All are of the hub's level.
type deflaters struct{ pool sync.Pool }

// deflate compresses data as RFC 7692 section 7.2.1 has it: flushed, and
// without the four bytes that end every flush.
func (d *deflaters) deflate(data []byte, level int) ([]byte, error) {
	var compressed bytes.Buffer
	compressor, ok := d.pool.Get().(*flate.Writer)
	if !ok {
		var err error
		if compressor, err = flate.NewWriter(nil, level); err != nil {
			return nil, err
		}
	}
	defer d.pool.Put(compressor)
	compressor.Reset(&compressed)
	if _, err := compressor.Write(data); err != nil {
		return nil, err
	}
	if err := compressor.Flush(); err != nil {
		return nil, err
	}
	return compressed.Bytes()[:compressed.Len()-len(flushTail)], nil
}

// flushTail ends what compress/flate has flushed.
const flushTail = "\x00\x00\xff\xff"
