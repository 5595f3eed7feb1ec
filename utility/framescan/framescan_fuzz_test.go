package framescan_test

import (
	"bytes"
	"testing"

	"github.com/gfws/gf-websocket/utility/framescan"
)

// FuzzScan cuts a stream at two places: the verdict must be that of the whole,
// and so must the bytes passed on.
func FuzzScan(f *testing.F) {
	f.Add([]byte{0x81, 0x82, 1, 2, 3, 4, 'a', 'b', 0x88, 0x80, 1, 2, 3, 4}, 3, 9, true, true)
	f.Add([]byte{0x01, 0xfe, 0x00, 0x7e, 1, 2, 3, 4, 5, 6, 7}, 1, 2, true, false)
	f.Add([]byte{0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4}, 5, 12, true, true)
	f.Add([]byte{0x88, 0x81, 1, 2, 3, 4, 5}, 0, 2, true, true)
	f.Add([]byte{0x88, 0x82, 1, 2, 3, 4, 2, 0xea, 9}, 7, 8, true, true)
	f.Add([]byte{0xc1, 0x01, 'x', 0x88, 0x04, 3, 0xe8, 'o', 'k'}, 4, 6, false, true)
	f.Fuzz(func(t *testing.T, stream []byte, i, j int, masked, deflate bool) {
		first, second := uint(i)%uint(len(stream)+1), uint(j)%uint(len(stream)+1)
		if first > second {
			first, second = second, first
		}
		options := framescan.Options{Masked: masked, MaxMessage: 1000, MaxFragments: 3, Deflate: deflate}
		whole := framescan.New(options)
		want := bytes.Clone(stream)
		wantGood, wantErr := whole.Scan(want)

		pieces := framescan.New(options)
		var got []byte
		var err error
		for _, piece := range [][]byte{stream[:first], stream[first:second], stream[second:]} {
			var good int
			piece = bytes.Clone(piece)
			good, err = pieces.Scan(piece)
			got = append(got, piece[:good]...)
			if err != nil {
				break
			}
		}
		if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Fatalf("in pieces %v, whole %v", err, wantErr)
		}
		// A header that is cut passes in part before it is judged.
		if len(got) < wantGood || len(got) >= wantGood+framescan.MaxHeader {
			t.Fatalf("in pieces %d bytes passed, whole %d", len(got), wantGood)
		}
		if !bytes.Equal(got[:wantGood], want[:wantGood]) {
			t.Fatalf("in pieces %x passed, whole %x", got, want[:wantGood])
		}
	})
}
