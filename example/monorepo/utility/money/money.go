// Package money prints amounts.
package money

import "fmt"

// Format returns an amount of cents with two decimals, such as "12.05".
func Format(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	return fmt.Sprintf("%s%d.%02d", sign, cents/100, cents%100)
}
