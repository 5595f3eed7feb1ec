package report

import (
	"strconv"
	"strings"
)

// number formats value with commas between thousands.
func number(value float64, digits int) string {
	text := strconv.FormatFloat(value, 'f', digits, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	negative := strings.HasPrefix(whole, "-")
	whole = strings.TrimPrefix(whole, "-")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if negative {
		whole = "-" + whole
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// stops stands for the figures of a server that got stuck.
const stops = "stops"

func (c column) cell(row Row) string {
	value, stuck := median(row.Samples, c.figure)
	if stuck {
		return stops
	}
	return number(value, c.digits)
}
