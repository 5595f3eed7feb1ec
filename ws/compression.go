package ws

import (
	"compress/flate"
	"net/http"
	"slices"
	"strconv"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// The defaults of [CompressionConfig].
const (
	DefaultCompressionThreshold = 1 << 10
	DefaultCompressionLevel     = flate.BestSpeed
)

// CompressionConfig is permessage-deflate, RFC 7692. Contexts are not taken
// over from message to message, which costs some ratio and saves some 300 KB a
// session.
type CompressionConfig struct {
	// Enabled offers it to clients that ask. Default false.
	Enabled bool
	// Threshold is the size in bytes below which messages stay plain. Default
	// 1 KiB.
	Threshold int
	// Level is that of compress/flate, from 1, the fastest, to 9, the smallest.
	// Default 1.
	Level int
}

func (c *CompressionConfig) normalize() error {
	if c.Threshold == 0 {
		c.Threshold = DefaultCompressionThreshold
	}
	if c.Level == 0 {
		c.Level = DefaultCompressionLevel
	}
	if c.Threshold < 0 {
		return gerror.NewCodef(gcode.CodeInvalidConfiguration, "Compression.Threshold cannot be %d", c.Threshold)
	}
	if c.Level < flate.BestSpeed || c.Level > flate.BestCompression {
		return gerror.NewCodef(gcode.CodeInvalidConfiguration, "Compression.Level %d is not from 1 to 9", c.Level)
	}
	return nil
}

// acceptsDeflate reports whether one of the offers in header can be honoured as
// it stands, and that is then answered with both sides resetting their context.
func acceptsDeflate(header http.Header) bool {
	offers, ok := parseExtensions(header)
	return ok && slices.ContainsFunc(offers, acceptsOffer)
}

// acceptsOffer judges one offer by RFC 7692 section 7.1. The window of what we
// send is always 15 bits, so an offer that wants a smaller one is declined.
func acceptsOffer(offer extension) bool {
	if offer.name != "permessage-deflate" {
		return false
	}
	seen := make(map[string]bool)
	for _, param := range offer.params {
		if seen[param.name] || !acceptsParameter(param.name, param.value, param.hasValue) {
			return false
		}
		seen[param.name] = true
	}
	return true
}

func acceptsParameter(name, value string, hasValue bool) bool {
	switch name {
	case "server_no_context_takeover", "client_no_context_takeover":
		return !hasValue
	case "client_max_window_bits":
		return !hasValue || isWindowBits(value)
	case "server_max_window_bits":
		return value == "15"
	default:
		return false
	}
}

// isWindowBits tells a number from 8 to 15 without leading zeros.
func isWindowBits(value string) bool {
	bits, err := strconv.Atoi(value)
	return err == nil && bits >= 8 && bits <= 15 && strconv.Itoa(bits) == value
}
