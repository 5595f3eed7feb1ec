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

// TestPackedIsTheSource fails when a source was changed and not packed again.
func TestPackedIsTheSource(t *testing.T) {
	files, err := packed.Files()
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for source, prefix := range map[string]string{
		"../../resource/public": packed.Prefix,
		"../../resource/client": packed.Client,
	} {
		for name, content := range read(t, source) {
			want++
			switch file := files.Get(prefix + "/" + name); {
			case file == nil:
				t.Errorf("%s is not packed: run make pack", name)
			case !bytes.Equal(file.Content(), content):
				t.Errorf("%s is packed as it was before: run make pack", name)
			}
		}
	}
	if got := len(files.ScanDirFile(packed.Prefix, "*", true)); got != want {
		t.Errorf("%d files are packed, the sources have %d: run make pack", got, want)
	}
}

// read returns the content of each file below folder that is not hidden.
func read(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	contents := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		contents[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return contents
}
