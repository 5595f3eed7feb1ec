package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/gfws/gf-websocket"

// TestImportsAreAsDrawn holds the packages to the table in the architecture: a
// package imports those of this module that its row names, and no others.
func TestImportsAreAsDrawn(t *testing.T) {
	rows := importRows(read(t, "docs/architecture.md"))
	if len(rows) == 0 {
		t.Fatal("docs/architecture.md has no table of imports")
	}
	used := make(map[string][]string)
	for folder, imported := range importsOfModule(t) {
		row := rowOf(rows, folder)
		if row == "" {
			t.Errorf("package %s has no row", folder)
			continue
		}
		for _, other := range imported {
			if below(other, row) {
				continue
			}
			allowed := slices.IndexFunc(rows[row], func(a string) bool { return below(other, a) })
			if allowed < 0 {
				t.Errorf("%s imports %s, which the row %s does not allow", folder, other, row)
				continue
			}
			used[row] = append(used[row], rows[row][allowed])
		}
	}
	for row, allowed := range rows {
		for _, a := range allowed {
			if !slices.Contains(used[row], a) {
				t.Errorf("the row %s names %s, which nothing there imports", row, a)
			}
		}
	}
}

// importRows reads the table whose head is "package": the package in the first
// column, what it imports in the last.
func importRows(d document) map[string][]string {
	rows := make(map[string][]string)
	inside := false
	for _, l := range d.prose {
		row := cells(l.text)
		switch {
		case len(row) == 3 && row[0] == "package":
			inside = true
		case !strings.HasPrefix(l.text, "|"):
			inside = false
		case inside && len(row) == 3:
			rows[strings.Trim(row[0], "`")] = codes(row[2])
		}
	}
	return rows
}

// rowOf returns the longest row that folder is in or below.
func rowOf(rows map[string][]string, folder string) string {
	best := ""
	for row := range rows {
		if below(folder, row) && len(row) > len(best) {
			best = row
		}
	}
	return best
}

// below reports whether folder is parent or in it.
func below(folder, parent string) bool {
	parent = strings.TrimSuffix(parent, "/")
	return folder == parent || strings.HasPrefix(folder, parent+"/")
}

// importsOfModule returns what each package of this module imports of it,
// tests left out, by folder. The package of the root is "main.go".
func importsOfModule(t *testing.T) map[string][]string {
	t.Helper()
	imports := make(map[string][]string)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (isModule(path) || slices.Contains([]string{"hack", "temp", "bin"}, name) || strings.HasPrefix(name, ".")) {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(relative))
		if folder == "." {
			folder = filepath.ToSlash(relative)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		imports[folder] = append(imports[folder], moduleImports(file.Imports)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}

// isModule reports whether a folder is a module of its own.
func isModule(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "go.mod"))
	return err == nil
}

func moduleImports(specs []*ast.ImportSpec) []string {
	var found []string
	for _, spec := range specs {
		if path, ok := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), module+"/"); ok {
			found = append(found, path)
		}
	}
	return found
}
