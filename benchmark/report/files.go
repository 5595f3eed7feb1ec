package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Write writes RESULTS.md and a plot of each table into dir.
func (r Report) Write(dir string) error {
	plots := filepath.Join(dir, "plots")
	if err := os.MkdirAll(plots, 0o755); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	for _, t := range r.Tables {
		if err := os.WriteFile(filepath.Join(plots, t.Key+".svg"), []byte(t.SVG()), 0o644); err != nil {
			return fmt.Errorf("results: %w", err)
		}
	}
	var text strings.Builder
	if err := r.Markdown(&text); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "RESULTS.md"), []byte(text.String()), 0o644); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return nil
}
