// Command samepack tells whether two files of gf pack hold the same folders and files,
// whatever the times in them. It names what differs and exits with 0 if nothing does,
// with 1 if something does and with 2 on an error.
package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/gogf/gf/v2/os/gres"
)

func main() {
	if len(os.Args) != 3 {
		fail("usage: samepack OLD NEW")
	}
	before, after := load(os.Args[1]), load(os.Args[2])
	same := true
	for name, content := range after {
		if old, known := before[name]; !known || !bytes.Equal(old, content) {
			fmt.Println("changed:", name)
			same = false
		}
	}
	for name := range before {
		if _, known := after[name]; !known {
			fmt.Println("gone:", name)
			same = false
		}
	}
	if !same {
		os.Exit(1)
	}
}

// load returns what is packed by path; a folder has no content.
func load(path string) map[string][]byte {
	data, err := os.ReadFile(path)
	if err != nil {
		fail(err)
	}
	packed, err := gres.UnpackContent(string(data))
	if err != nil {
		fail(path, err)
	}
	contents := make(map[string][]byte, len(packed))
	for _, file := range packed {
		contents[file.Name()] = file.Content()
	}
	return contents
}

func fail(v ...any) {
	fmt.Fprintln(os.Stderr, v...)
	os.Exit(2)
}
