package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// root is the folder of the repository, seen from this one.
const root = ".."

// document is a Markdown file taken apart.
type document struct {
	path     string // from root, with slashes
	headings []heading
	blocks   []block
	prose    []line // what is outside of blocks, headings included
}

type heading struct {
	level int
	text  string
}

// block is what stands between two fences.
type block struct {
	language string
	text     string // without the fences, ends with a newline
	line     int    // of the opening fence, from 1
}

type line struct {
	number  int // from 1
	section int // how many headings stand above, its own included
	text    string
}

// read parses one document. The path is from root.
func read(t *testing.T, path string) document {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	d := document{path: path}
	var open *block
	for i, text := range strings.Split(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n") {
		fence, isFence := strings.CutPrefix(text, "```")
		switch {
		case isFence && open == nil:
			open = &block{language: fence, line: i + 1}
		case isFence:
			d.blocks = append(d.blocks, *open)
			open = nil
		case open != nil:
			open.text += text + "\n"
		default:
			d.addProse(i+1, text)
		}
	}
	if open != nil {
		t.Errorf("%s:%d: the block is not closed", path, open.line)
	}
	return d
}

func (d *document) addProse(number int, text string) {
	marks := len(text) - len(strings.TrimLeft(text, "#"))
	if marks > 0 && strings.HasPrefix(text[marks:], " ") {
		d.headings = append(d.headings, heading{marks, strings.TrimSpace(text[marks:])})
	}
	d.prose = append(d.prose, line{number, len(d.headings), text})
}

var codeSpan = regexp.MustCompile("`([^`]+)`")

// codes returns the inline code of a text.
func codes(text string) []string {
	var found []string
	for _, match := range codeSpan.FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	return found
}

// cells returns the cells of a row of a table, or nil for any other line and
// for the rule below a table's head.
func cells(text string) []string {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "|") || strings.Trim(text, "|-: ") == "" {
		return nil
	}
	row := strings.Split(strings.Trim(text, "|"), "|")
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	return row
}

// anchor is the fragment that GitHub gives a heading.
func (h heading) anchor() string {
	text := strings.ToLower(strings.NewReplacer("`", "", "*", "").Replace(h.text))
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
			return r
		default:
			return -1
		}
	}, text)
}

// documents returns every Markdown file of the repository, by its path.
func documents(t *testing.T) map[string]document {
	t.Helper()
	found := make(map[string]document)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (name == "node_modules" || name == "temp" || name == "bin" || strings.HasPrefix(name, ".")) {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(name) != ".md" {
			return nil
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		found[relative] = read(t, relative)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, needed := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/configuration.md", "docs/migration.md"} {
		if _, ok := found[needed]; !ok {
			t.Errorf("%s is not there", needed)
		}
	}
	return found
}
