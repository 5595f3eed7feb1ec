package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	namedTest = regexp.MustCompile(`^(?:Test|Fuzz)\w+(?:/.+)?$`)
	madeTest  = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	// An attack is a row of the table in e2e/attack, or the search after it.
	madeAttack = regexp.MustCompile(`(?:\{name: |t\.Run\()"([^"]+)"`)
	namedKey   = regexp.MustCompile(`^[a-z]+\.[a-zA-Z.]+$`)
	// A key of the guard decides who connects, what they say, and how much.
	guardKey = regexp.MustCompile(`^(?:origin|proxy|auth|message|signature|rate|connections|audit|heartbeat|queue|timeout|push)\.`)
)

// attacksFile has the attacks on the built binary.
const attacksFile = "e2e/attack/attacks_test.go"

// TestSecurityNamesTests holds what the document about security says to the tests
// that it names: all are there, and no attack is left out.
func TestSecurityNamesTests(t *testing.T) {
	made, attacks := testsOfTheRepository(t), attacksOnTheBinary(t)
	for _, path := range []string{"docs/security.md", "docs/security" + chinese} {
		named := make(map[string]bool)
		for _, l := range read(t, path).prose {
			for _, code := range codes(l.text) {
				if !namedTest.MatchString(code) {
					continue
				}
				name, attack, isPart := strings.Cut(code, "/")
				if !made[name] || isPart && !slices.Contains(attacks, attack) {
					t.Errorf("%s:%d: there is no test %s", path, l.number, code)
				}
				named[attack] = true
			}
		}
		for _, attack := range attacks {
			if !named[attack] {
				t.Errorf("%s does not tell of the attack %q", path, attack)
			}
		}
	}
}

// TestSecurityIsComplete has each threat say what is done, by which keys, which
// tests hold it and what is the host's, and name keys that there are.
func TestSecurityIsComplete(t *testing.T) {
	const threatLevel = 3
	keys := read(t, "docs/configuration.md").rowKeys()
	d := read(t, "docs/security.md")
	for section, h := range d.headings {
		if h.level != threatLevel {
			continue
		}
		for _, part := range []string{"- What gfws does: ", "- Keys: ", "- Tests: `", "- Yours: "} {
			if !d.hasLine(section+1, part) {
				t.Errorf("%s: there is no line %q", h.text, part)
			}
		}
	}
	for _, l := range d.prose {
		if !strings.HasPrefix(l.text, "- Keys: ") {
			continue
		}
		for _, code := range codes(l.text) {
			if namedKey.MatchString(code) && !slices.Contains(keys, code) {
				t.Errorf("%s:%d: there is no key %s", d.path, l.number, code)
			}
		}
	}
}

// TestSecurityNamesKeys has each key of the guard stand beside the tests of a threat.
func TestSecurityNamesKeys(t *testing.T) {
	named := make(map[string]bool)
	for _, l := range read(t, "docs/security.md").prose {
		if !strings.HasPrefix(l.text, "- Keys: ") {
			continue
		}
		for _, code := range codes(l.text) {
			named[code] = true
		}
	}
	for _, key := range read(t, "docs/configuration.md").rowKeys() {
		if guardKey.MatchString(key) && !named[key] {
			t.Errorf("no threat in docs/security.md names the key %s", key)
		}
	}
}

// rowKeys returns the inline code that rows of tables begin with.
func (d document) rowKeys() []string {
	var keys []string
	for _, l := range d.prose {
		if row := cells(l.text); len(row) > 0 {
			keys = append(keys, codes(row[0])...)
		}
	}
	return keys
}

func (d document) hasLine(section int, prefix string) bool {
	return slices.ContainsFunc(d.prose, func(l line) bool {
		return l.section == section && strings.HasPrefix(l.text, prefix)
	})
}

// testsOfTheRepository returns the names of all tests in Go.
func testsOfTheRepository(t *testing.T) map[string]bool {
	t.Helper()
	made := make(map[string]bool)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		content, err := os.ReadFile(path)
		for _, match := range madeTest.FindAllSubmatch(content, -1) {
			made[string(match[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// attacksOnTheBinary returns their names.
func attacksOnTheBinary(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(attacksFile)))
	if err != nil {
		t.Fatal(err)
	}
	var attacks []string
	for _, match := range madeAttack.FindAllStringSubmatch(string(content), -1) {
		attacks = append(attacks, match[1])
	}
	if len(attacks) == 0 {
		t.Fatalf("there are no attacks in %s", attacksFile)
	}
	return attacks
}
