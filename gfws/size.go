package gfws

import (
	"math"
	"strconv"
	"strings"

	"github.com/gogf/gf/v2/util/gconv"
)

// sizeUnits are powers of 1024 in either spelling, as gf reads them.
var sizeUnits = map[string]int64{
	"": 1, "b": 1,
	"k": 1 << 10, "kb": 1 << 10, "kib": 1 << 10,
	"m": 1 << 20, "mb": 1 << 20, "mib": 1 << 20,
	"g": 1 << 30, "gb": 1 << 30, "gib": 1 << 30,
}

// parseSize reads "64KiB", "1m" or a bare number of bytes.
func parseSize(text string) (int64, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	digits := strings.TrimRight(text, "bgikm ")
	unit, ok := sizeUnits[strings.TrimSpace(text[len(digits):])]
	if !ok {
		return 0, false
	}
	number, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || number < 0 || number > math.MaxInt64/unit {
		return 0, false
	}
	return number * unit, true
}

// wholeNumber takes any number that a configuration format decodes to.
func wholeNumber(value any) (int64, bool) {
	number, err := strconv.ParseInt(gconv.String(value), 10, 64)
	return number, err == nil
}
