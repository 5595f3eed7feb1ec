// Package docs_test holds the documents to the code: what they quote compiles,
// what they configure loads, what they tell to type exists, and both languages
// say the same.
package docs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// exampleFiles are where Go code in the documents is quoted from. They are
// compiled, and most of it runs, in the tests of their own packages.
var exampleFiles = []string{
	"example/quickstart/main.go",
	"gfws/example_test.go",
	"gfws/example_room_test.go",
	"gfws/example_push_test.go",
	"gfws/example_both_test.go",
	"wstest/example_test.go",
	"ws/example_test.go",
	"ws/example_room_test.go",
	"client/example_test.go",
	"jsonrpc/example_test.go",
	"client/example_client_test.go",
}

// scriptFiles are where JavaScript in the documents is quoted from. Their tests
// run in Node.
var scriptFiles = []string{
	"e2e/page/client-example.test.mjs",
}

// languages are those of the blocks that a document may have.
var languages = []string{"go", "diff", "js", "yaml", "sh", "text", "nginx"}

// TestCodeIsQuoted finds each paragraph of Go and JavaScript, and of the new side
// of a diff, in an example file: all of one block in the same file and in order.
func TestCodeIsQuoted(t *testing.T) {
	examples, scripts := linesOf(t, exampleFiles), linesOf(t, scriptFiles)
	quoted := 0
	for _, d := range documents(t) {
		for _, b := range d.blocks {
			text, files, from := b.text, exampleFiles, examples
			switch b.language {
			case "diff":
				text = newSide(b.text)
			case "go":
			case "js":
				files, from = scriptFiles, scripts
			default:
				continue
			}
			quoted++
			if !quotesOne(from, text) {
				t.Errorf("%s:%d: this is in none of %s:\n%s", d.path, b.line, strings.Join(files, ", "), text)
			}
		}
	}
	if quoted == 0 {
		t.Error("there is no code in the documents")
	}
}

// linesOf returns the lines of each file.
func linesOf(t *testing.T, paths []string) (files [][]string) {
	t.Helper()
	for _, path := range paths {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, strings.Split(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n"))
	}
	return files
}

// newSide returns what a diff leads to.
func newSide(diff string) string {
	var text strings.Builder
	for _, l := range strings.Split(diff, "\n") {
		if l == "" || l[0] == '-' {
			continue
		}
		text.WriteString(l[1:] + "\n")
	}
	return text.String()
}

func quotesOne(examples [][]string, text string) bool {
	for _, example := range examples {
		if quotes(example, text) {
			return true
		}
	}
	return false
}

// quotes looks for the paragraphs of text, which are divided by empty lines.
func quotes(example []string, text string) bool {
	for _, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		lines := strings.Split(strings.Trim(paragraph, "\n"), "\n")
		at := find(example, lines)
		if at < 0 {
			return false
		}
		example = example[at+len(lines):]
	}
	return true
}

// find returns where the lines stand, all indented by the same more, or -1.
func find(example, lines []string) int {
	for i := 0; i+len(lines) <= len(example); i++ {
		if startsWith(example[i:], lines) {
			return i
		}
	}
	return -1
}

func startsWith(example, lines []string) bool {
	indent, ok := strings.CutSuffix(example[0], grouped(lines[0]))
	if !ok || strings.TrimLeft(indent, "\t ") != "" {
		return false
	}
	for k, l := range lines {
		if example[k] != indent+grouped(l) {
			return false
		}
	}
	return true
}

// grouped is an import of a document as it stands in a group of a file.
func grouped(l string) string {
	if path, ok := strings.CutPrefix(l, `import "`); ok {
		return `"` + path
	}
	return l
}

func TestBlocksAreOfKnownLanguages(t *testing.T) {
	for _, d := range documents(t) {
		for _, b := range d.blocks {
			if !slices.Contains(languages, b.language) {
				t.Errorf("%s:%d: a block of %q; known are %q", d.path, b.line, b.language, languages)
			}
		}
	}
}
