package report

import (
	"fmt"
	"os"
	"strings"
)

// The lines between which a document quotes the results.
const (
	quoteBegin = "<!-- The next lines are written by make bench. -->\n"
	quoteEnd   = "<!-- End of what make bench writes. -->\n"
)

// Quote puts the table of what gfws must reach into the document at path, in
// the place of the one of an earlier run.
func (r Report) Quote(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("results: %w", err)
	}
	before, rest, begins := strings.Cut(string(text), quoteBegin)
	_, after, ends := strings.Cut(rest, quoteEnd)
	if !begins || !ends {
		return fmt.Errorf("results: %s has no place for them", path)
	}
	var table strings.Builder
	r.goalsTable(&table)
	quoted := before + quoteBegin + "\n" + table.String() + "\n" + quoteEnd + after
	if err = os.WriteFile(path, []byte(quoted), 0o644); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return nil
}
