package browser_test

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"
)

// compress encodes a picture of the page as a small PNG: with the 256 colours
// that it has most of, which for flat areas and smoothed text no eye notices.
func compress(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var encoded bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&encoded, reduce(picture)); err != nil {
		t.Fatalf("encode the picture: %v", err)
	}
	return encoded.Bytes()
}

func reduce(picture image.Image) *image.Paletted {
	bounds := picture.Bounds()
	counts := map[color.Color]int{}
	each(bounds, func(x, y int) { counts[picture.At(x, y)]++ })
	reduced := image.NewPaletted(bounds, palette(counts))
	nearest := map[color.Color]uint8{}
	for found := range counts {
		nearest[found] = uint8(reduced.Palette.Index(found))
	}
	each(bounds, func(x, y int) { reduced.SetColorIndex(x, y, nearest[picture.At(x, y)]) })
	return reduced
}

// palette returns the most frequent colours, at most 256.
func palette(counts map[color.Color]int) color.Palette {
	var colours color.Palette
	for found := range counts {
		colours = append(colours, found)
	}
	slices.SortFunc(colours, func(a, b color.Color) int { return cmp.Compare(counts[b], counts[a]) })
	return colours[:min(len(colours), 256)]
}

func each(bounds image.Rectangle, do func(x, y int)) {
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			do(x, y)
		}
	}
}
