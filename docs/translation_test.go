package docs_test

import (
	"slices"
	"strings"
	"testing"
)

const chinese = ".zh-CN.md"

// isTranslated tells the documents in two languages, the README and those in
// this folder, from those for whoever works on the code.
func isTranslated(path string) bool {
	return path == "README.md" || strings.HasPrefix(path, "docs/")
}

// TestLanguagesSayTheSame compares each document with its translation: the same
// headings, blocks, rows of tables and inline code, section by section.
func TestLanguagesSayTheSame(t *testing.T) {
	all := documents(t)
	for path, english := range all {
		if strings.HasSuffix(path, chinese) {
			if _, ok := all[strings.TrimSuffix(path, chinese)+".md"]; !ok {
				t.Errorf("%s translates nothing", path)
			}
			continue
		}
		if !isTranslated(path) {
			continue
		}
		translated, ok := all[strings.TrimSuffix(path, ".md")+chinese]
		if !ok {
			t.Errorf("%s is not translated", path)
			continue
		}
		t.Run(path, func(t *testing.T) {
			compareHeadings(t, english, translated)
			compareBlocks(t, english, translated)
			compareSections(t, english, translated)
		})
	}
}

func compareHeadings(t *testing.T, english, translated document) {
	t.Helper()
	if len(english.headings) != len(translated.headings) {
		t.Fatalf("%d headings, in the translation %d", len(english.headings), len(translated.headings))
	}
	for i, h := range english.headings {
		if other := translated.headings[i]; other.level != h.level {
			t.Errorf("heading %q has level %d, its translation %q has %d", h.text, h.level, other.text, other.level)
		}
	}
}

func compareBlocks(t *testing.T, english, translated document) {
	t.Helper()
	if len(english.blocks) != len(translated.blocks) {
		t.Fatalf("%d blocks, in the translation %d", len(english.blocks), len(translated.blocks))
	}
	for i, b := range english.blocks {
		other := translated.blocks[i]
		if b.language != other.language || b.text != other.text {
			t.Errorf("the block in line %d is not the one in line %d of the translation", b.line, other.line)
		}
	}
}

// compareSections compares what stands below each heading.
func compareSections(t *testing.T, english, translated document) {
	t.Helper()
	for section := range len(english.headings) + 1 {
		title := "the beginning"
		if section > 0 {
			title = english.headings[section-1].text
		}
		rows, code := english.facts(section)
		otherRows, otherCode := translated.facts(section)
		if rows != otherRows {
			t.Errorf("%s: %d rows in tables, in the translation %d", title, rows, otherRows)
		}
		for _, missing := range without(code, otherCode) {
			t.Errorf("%s: the translation lacks `%s`", title, missing)
		}
		for _, added := range without(otherCode, code) {
			t.Errorf("%s: the translation alone has `%s`", title, added)
		}
	}
}

// facts counts the rows of a section's tables and gathers its inline code.
func (d document) facts(section int) (rows int, code []string) {
	for _, l := range d.prose {
		if l.section != section {
			continue
		}
		if cells(l.text) != nil {
			rows++
		}
		code = append(code, codes(l.text)...)
	}
	return rows, code
}

// without returns what is in list and not in other, once each.
func without(list, other []string) []string {
	var missing []string
	for _, item := range list {
		if !slices.Contains(other, item) && !slices.Contains(missing, item) {
			missing = append(missing, item)
		}
	}
	return missing
}
