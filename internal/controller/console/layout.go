package console

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/gfws/gf-websocket/internal/packed"
)

// clientFolder holds the client for browsers, which pages of any origin may
// import: it is the same for everyone and holds no secret. Since others name
// it, it stays where it is.
const clientFolder = "/js/client/"

const (
	// index is the file that the folder itself answers with.
	index = "/index.html"
	// indexCaching has a browser ask each time, and be told 304 while nothing
	// has changed.
	indexCaching = "no-cache"
	// assetCaching never has it ask again: another content has another path.
	assetCaching = "public, max-age=31536000, immutable"
)

// Files returns the files of the page. All but the page itself are below a
// folder that is named by the content of them all, so that the modules find
// each other by relative paths and may be kept for ever.
func Files() ([]*File, error) {
	resource, err := packed.Files()
	if err != nil {
		return nil, err
	}
	contents := map[string][]byte{}
	for _, entry := range resource.ScanDirFile(packed.Prefix, "*", true) {
		contents[strings.TrimPrefix(entry.Name(), packed.Prefix)] = entry.Content()
	}
	return layOut(contents), nil
}

// layOut gives each file its route, by its path in contents.
func layOut(contents map[string][]byte) []*File {
	var paths []string
	for name := range contents {
		paths = append(paths, name)
	}
	slices.Sort(paths)
	folder := "/a/" + hashOf(paths, contents)
	var files []*File
	for _, name := range paths {
		if name == index {
			continue
		}
		if strings.HasPrefix(name, clientFolder) {
			files = append(files, newFile(name, name, indexCaching, contents[name]))
			continue
		}
		files = append(files, newFile(folder+name, name, assetCaching, contents[name]))
	}
	page := pointTo(folder, contents[index], paths)
	return append(files, newFile("/", index, indexCaching, page))
}

// hashOf names the content of all files.
func hashOf(paths []string, contents map[string][]byte) string {
	sum := sha256.New()
	for _, name := range paths {
		sum.Write([]byte(name + "\x00" + strconv.Itoa(len(contents[name])) + "\x00"))
		sum.Write(contents[name])
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// pointTo has the page name its files below folder. The names stay relative,
// since a proxy may show the page under another path.
func pointTo(folder string, page []byte, paths []string) []byte {
	for _, name := range paths {
		page = bytes.ReplaceAll(page, []byte(`"`+name[1:]+`"`), []byte(`"`+folder[1:]+name+`"`))
	}
	return page
}
