package docs_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	markdownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	htmlLink     = regexp.MustCompile(`(?:src|srcset|href)="([^"]+)"`)
)

// TestLinksLeadSomewhere follows the links inside of the repository, to the
// heading where they name one.
func TestLinksLeadSomewhere(t *testing.T) {
	all := documents(t)
	for _, d := range all {
		for _, l := range d.prose {
			text := codeSpan.ReplaceAllString(l.text, "")
			links := append(markdownLink.FindAllStringSubmatch(text, -1), htmlLink.FindAllStringSubmatch(text, -1)...)
			for _, link := range links {
				checkLink(t, all, d, l.number, link[1])
			}
		}
	}
}

func checkLink(t *testing.T, all map[string]document, from document, number int, link string) {
	t.Helper()
	if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
		return
	}
	file, fragment, _ := strings.Cut(link, "#")
	target := from.path
	if file != "" {
		target = path.Join(path.Dir(from.path), file)
	}
	if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(target))); err != nil {
		t.Errorf("%s:%d: %s leads nowhere", from.path, number, link)
		return
	}
	if fragment != "" && !all[target].hasAnchor(fragment) {
		t.Errorf("%s:%d: %s has no heading #%s", from.path, number, target, fragment)
	}
}

func (d document) hasAnchor(fragment string) bool {
	for _, h := range d.headings {
		if h.anchor() == fragment {
			return true
		}
	}
	return false
}

// folders are those whose name at the beginning of inline code makes it a path.
var folders = regexp.MustCompile(`^(?:\.ci|api|client|docs|e2e|example|gfws|hack|internal|manifest|resource|utility|ws)/[\w./-]*$`)

// TestPathsExist looks for the files and folders that the prose names.
func TestPathsExist(t *testing.T) {
	for _, d := range documents(t) {
		if path.Dir(d.path) != "." && path.Dir(d.path) != "docs" {
			continue // its paths are its own
		}
		for _, l := range d.prose {
			for _, code := range codes(l.text) {
				if !folders.MatchString(code) {
					continue
				}
				if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(code))); err != nil {
					t.Errorf("%s:%d: there is no %s", d.path, l.number, code)
				}
			}
		}
	}
}

// TestDependenciesAreNamed holds the README to go.mod: it names each direct
// dependency with its reason, and no other.
func TestDependenciesAreNamed(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	direct := make(map[string]bool)
	for _, match := range regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(content), -1) {
		direct[match[1]] = true
	}
	for _, path := range []string{"README.md", "README.zh-CN.md"} {
		named := make(map[string]bool)
		for _, l := range read(t, path).prose {
			row := cells(l.text)
			if len(row) != 2 {
				continue
			}
			name := regexp.MustCompile(`^\[?((?:github\.com|golang\.org|go\.uber\.org)/[\w./-]+)`).FindStringSubmatch(row[0])
			if name != nil && row[1] != "" {
				named[name[1]] = true
			}
		}
		for module := range direct {
			if !named[module] {
				t.Errorf("%s does not say what %s is for", path, module)
			}
		}
		for module := range named {
			if !direct[module] {
				t.Errorf("%s names %s, which is no direct dependency", path, module)
			}
		}
	}
}
