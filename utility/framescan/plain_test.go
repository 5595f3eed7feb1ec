package framescan_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/gfws/gf-websocket/utility/framescan"
)

var mask = [4]byte{1, 2, 3, 4}

// plainFrame is a masked frame with the length in the form of 0, 2 or 8 more
// bytes; its payload is left out.
func plainFrame(first byte, form int, length uint64) []byte {
	frame := []byte{first}
	switch form {
	case 2:
		frame = binary.BigEndian.AppendUint16(append(frame, 0x80|126), uint16(length))
	case 8:
		frame = binary.BigEndian.AppendUint64(append(frame, 0x80|127), length)
	default:
		frame = append(frame, 0x80|byte(length))
	}
	return append(frame, mask[:]...)
}

func TestTakePlain(t *testing.T) {
	const limit = 1 << 20
	for _, c := range []struct {
		name  string
		frame []byte
		head  int
		want  int
	}{
		{"empty text", plainFrame(0x81, 0, 0), 6, 0},
		{"small binary", plainFrame(0x82, 0, 125), 6, 125},
		{"two bytes of length", plainFrame(0x81, 2, 126), 8, 126},
		{"eight bytes of length", plainFrame(0x82, 8, 65536), 14, 65536},
		{"with payload behind", append(plainFrame(0x81, 0, 1), 'x'), 6, 1},
		{"nothing", nil, 0, 0},
		{"half a header", plainFrame(0x81, 0, 1)[:5], 0, 0},
		{"half a long header", plainFrame(0x81, 8, 65536)[:13], 0, 0},
		{"not the shortest form of two", plainFrame(0x81, 2, 125), 0, 0},
		{"not the shortest form of eight", plainFrame(0x81, 8, 65535), 0, 0},
		{"at the limit", plainFrame(0x81, 8, limit), 14, limit},
		{"over the limit", plainFrame(0x81, 8, limit+1), 0, 0},
		{"near 2^63", plainFrame(0x81, 8, 1<<63-1), 0, 0},
		{"over 2^63", plainFrame(0x81, 8, 1<<63), 0, 0},
		{"a fragment", plainFrame(0x01, 0, 1), 0, 0},
		{"a continuation", plainFrame(0x80, 0, 1), 0, 0},
		{"RSV1", plainFrame(0xc1, 0, 1), 0, 0},
		{"RSV2", plainFrame(0xa1, 0, 1), 0, 0},
		{"RSV3", plainFrame(0x91, 0, 1), 0, 0},
		{"a reserved opcode", plainFrame(0x83, 0, 1), 0, 0},
		{"a ping", plainFrame(0x89, 0, 1), 0, 0},
		{"a close", plainFrame(0x88, 0, 2), 0, 0},
		{"without a mask", []byte{0x81, 4, 'a', 'b', 'c', 'd'}, 0, 0},
	} {
		s := framescan.New(framescan.Options{Masked: true, MaxMessage: limit, MaxFragments: 1})
		plain, head := s.TakePlain(c.frame)
		if head != c.head || plain.Length != c.want {
			t.Errorf("%s: header of %d bytes and %d behind it, want %d and %d", c.name, head, plain.Length, c.head, c.want)
		}
		if head > 0 && (plain.Opcode != c.frame[0]&0x0f || plain.Mask != binary.LittleEndian.Uint32(mask[:])) {
			t.Errorf("%s: %+v", c.name, plain)
		}
	}
}

// TestTakePlainWantsTheStartOfAFrame looks where a frame is under way.
func TestTakePlainWantsTheStartOfAFrame(t *testing.T) {
	for name, begun := range map[string][]byte{
		"in a header":  {0x81},
		"in a payload": append(plainFrame(0x81, 0, 9), 'x'),
		"in a close":   plainFrame(0x88, 0, 2),
	} {
		s := framescan.New(framescan.Options{Masked: true, MaxMessage: -1, MaxFragments: -1})
		if _, err := s.Scan(bytes.Clone(begun)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, head := s.TakePlain(plainFrame(0x81, 0, 1)); head > 0 {
			t.Errorf("%s: was taken", name)
		}
	}
}

// TestTakePlainCountsAmongCompressedOnes takes messages by turns.
func TestTakePlainCountsAmongCompressedOnes(t *testing.T) {
	s := framescan.New(framescan.Options{Masked: true, MaxMessage: -1, MaxFragments: -1, Deflate: true})
	for range 3 {
		if _, head := s.TakePlain(plainFrame(0x81, 0, 0)); head == 0 {
			t.Fatal("a plain message was not taken")
		}
		for _, compressed := range []bool{true, false} {
			first := byte(0x81)
			if compressed {
				first = 0xc1
			}
			if _, err := s.Scan(plainFrame(first, 0, 0)); err != nil {
				t.Fatal(err)
			}
			if s.TakeCompressed() != compressed {
				t.Errorf("a message is taken for compressed, %t", !compressed)
			}
		}
	}
}

// FuzzTakePlain holds what is taken to what Scan lets pass.
func FuzzTakePlain(f *testing.F) {
	f.Add(plainFrame(0x81, 0, 3), uint8(0))
	f.Add(plainFrame(0x82, 2, 200), uint8(7))
	f.Add(plainFrame(0x82, 8, 70000), uint8(2))
	f.Add(plainFrame(0x81, 2, 3), uint8(2))
	f.Fuzz(func(t *testing.T, stream []byte, limit uint8) {
		options := framescan.Options{Masked: true, MaxMessage: int64(limit) << 10, MaxFragments: 1}
		taker, judge := framescan.New(options), framescan.New(options)
		plain, head := taker.TakePlain(stream)
		if head == 0 {
			return
		}
		if plain.Length < 0 || int64(plain.Length) > options.MaxMessage {
			t.Fatalf("%d bytes were taken over the limit of %d", plain.Length, options.MaxMessage)
		}
		if n, err := judge.Scan(bytes.Clone(stream[:head])); n != head || err != nil {
			t.Fatalf("Scan lets %d of %d bytes pass: %v", n, head, err)
		}
	})
}

// TestUnmask compares with the RFC's own words, byte by byte, in every way to
// cut the payload.
func TestUnmask(t *testing.T) {
	for length := range 100 {
		for cut := 0; cut <= length; cut++ {
			masked, want := make([]byte, length), make([]byte, length)
			for i := range masked {
				masked[i] = byte(7 * i)
				want[i] = masked[i] ^ mask[i%4]
			}
			key := framescan.Unmask(masked[:cut], binary.LittleEndian.Uint32(mask[:]))
			framescan.Unmask(masked[cut:], key)
			if !bytes.Equal(masked, want) {
				t.Fatalf("%d bytes cut at %d: %x, want %x", length, cut, masked, want)
			}
		}
	}
}
