package console

import (
	"bytes"
	"compress/gzip"
	"strconv"
	"strings"
)

// gzipped returns content compressed as well as gzip can, or nothing where that
// is not smaller.
func gzipped(content []byte) []byte {
	var small bytes.Buffer
	w, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err = w.Write(content); err != nil {
		return nil
	}
	if err = w.Close(); err != nil || small.Len() >= len(content) {
		return nil
	}
	return small.Bytes()
}

// acceptsGzip reports whether the lines of Accept-Encoding name gzip, or
// anything at all, and do not refuse it by a quality of 0 (RFC 9110, 12.5.3).
func acceptsGzip(lines []string) bool {
	accepts := false
	for _, item := range strings.Split(strings.Join(lines, ","), ",") {
		coding, parameter, _ := strings.Cut(item, ";")
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			return quality(parameter) > 0
		case "*":
			accepts = quality(parameter) > 0
		}
	}
	return accepts
}

// quality reads "q=0.5"; without one it is 1, and what makes no sense is 0.
func quality(parameter string) float64 {
	name, value, found := strings.Cut(strings.TrimSpace(parameter), "=")
	if !found {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !strings.EqualFold(strings.TrimSpace(name), "q") {
		return 0
	}
	return q
}
