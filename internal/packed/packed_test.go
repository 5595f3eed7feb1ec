package packed_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/internal/packed"
)

const source = "../../resource/public"

// TestPackedIsTheSource fails when the page was changed and not packed again.
func TestPackedIsTheSource(t *testing.T) {
	resource, err := packed.Public()
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	err = filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		want++
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		name = packed.Prefix + "/" + filepath.ToSlash(name)
		switch file := resource.Get(name); {
		case file == nil:
			t.Errorf("%s is not packed: run make pack", name)
		case !bytes.Equal(file.Content(), content):
			t.Errorf("%s is packed as it was before: run make pack", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(resource.ScanDirFile(packed.Prefix, "*", true)); got != want {
		t.Errorf("%d files are packed, %d are in %s: run make pack", got, want, source)
	}
}
