package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/gcfg"
	"github.com/gogf/gf/v2/util/gconv"

	"github.com/gfws/gf-websocket/gfws"
)

// configure makes content the configuration of the process for one test.
func configure(t *testing.T, content string) {
	t.Helper()
	adapter, err := gcfg.NewAdapterContent(content)
	if err != nil {
		t.Fatal(err)
	}
	before := g.Cfg().GetAdapter()
	g.Cfg().SetAdapter(adapter)
	t.Cleanup(func() { g.Cfg().SetAdapter(before) })
}

func manifest(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, "manifest", "config", "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// parse decodes YAML.
func parse(t *testing.T, content string) map[string]any {
	t.Helper()
	decoded, err := gjson.LoadContent([]byte(content), true)
	if err != nil {
		t.Fatal(err)
	}
	return decoded.Map()
}

// TestConfigurationLoads gives each configuration in the documents to gfws, for
// every instance that it names.
func TestConfigurationLoads(t *testing.T) {
	loaded := 0
	for _, d := range documents(t) {
		for _, b := range d.blocks {
			if b.language != "yaml" {
				continue
			}
			t.Run(fmt.Sprintf("%s:%d", d.path, b.line), func(t *testing.T) {
				node, ok := parse(t, b.text)["websocket"].(map[string]any)
				if !ok {
					t.Fatal("there is no node websocket in it")
				}
				loaded++
				configure(t, b.text)
				names := []string{gfws.DefaultName}
				for name := range gconv.Map(node["instances"]) {
					names = append(names, name)
				}
				for _, name := range names {
					if err := gfws.New(gfws.Name(name)).Check(); err != nil {
						t.Errorf("instance %s: %v", name, err)
					}
				}
			})
		}
	}
	if loaded == 0 {
		t.Error("there is no configuration in the documents")
	}
}

// TestErrorIsAsShown makes the mistakes that the document shows the error of.
func TestErrorIsAsShown(t *testing.T) {
	configure(t, "websocket:\n  heartbeat:\n    interval: 30\n  nope: 1\n")
	err := gfws.New().Check()
	if err == nil {
		t.Fatal("the mistakes were not found")
	}
	want := "error: " + err.Error() + "\n"
	if !slices.ContainsFunc(read(t, "docs/configuration.md").blocks, func(b block) bool { return b.text == want }) {
		t.Errorf("docs/configuration.md does not show this error:\n%s", want)
	}
}

// TestManifestHasTheDefaults holds manifest/config/config.yaml to the code. The
// page is the one difference, as it says itself.
func TestManifestHasTheDefaults(t *testing.T) {
	configure(t, manifest(t))
	var loaded gfws.Config
	if err := gfws.New(gfws.Configure(func(c *gfws.Config) { loaded = *c })).Check(); err != nil {
		t.Fatal(err)
	}
	want := gfws.DefaultConfig()
	want.Console.Path = "/"
	// A list that is empty in the file is none in the code.
	want.Subprotocols, want.Origin.Allow, want.Proxy.Trusted = []string{}, []string{}, []string{}
	want.Auth.Methods, want.Auth.JWT.Algorithms, want.Auth.JWT.Audience = []string{}, []string{}, []string{}
	want.Signature.Keys = []gfws.Secret{}
	want.AsyncAPI.Path = "off"
	if !reflect.DeepEqual(loaded, want) {
		t.Errorf("the file has %+v\nthe code   %+v", loaded, want)
	}
}

// TestEveryKeyIsDocumented compares the table of keys with the manifest: the
// same keys, each with its default.
func TestEveryKeyIsDocumented(t *testing.T) {
	keys := flatten("", parse(t, manifest(t))["websocket"].(map[string]any))
	for _, path := range []string{"docs/configuration.md", "docs/configuration.zh-CN.md"} {
		rows := keyRows(read(t, path))
		for key, value := range keys {
			row, ok := rows[key]
			if !ok {
				t.Errorf("%s: %s has no row", path, key)
				continue
			}
			if !slices.Contains(codes(row[1]), shown(t, value)) {
				t.Errorf("%s: the default of %s is %s, not %s", path, key, shown(t, value), row[1])
			}
		}
		for key := range rows {
			if _, ok := keys[key]; !ok {
				t.Errorf("%s: there is no key %s in the manifest", path, key)
			}
		}
	}
}

// keyRows returns the rows of the table of keys. Those of other tables begin
// with a flag, or with a word in quotation marks.
func keyRows(d document) map[string][]string {
	rows := make(map[string][]string)
	for _, l := range d.prose {
		row := cells(l.text)
		if len(row) < 3 || !strings.HasPrefix(row[0], "`") || strings.HasPrefix(row[0], "`-") || strings.HasPrefix(row[0], "`\"") {
			continue
		}
		rows[strings.Trim(row[0], "`")] = row
	}
	return rows
}

// flatten returns the leaves of a tree by their dotted keys.
func flatten(prefix string, tree map[string]any) map[string]any {
	leaves := make(map[string]any)
	for key, value := range tree {
		if branch, ok := value.(map[string]any); ok {
			for below, leaf := range flatten(prefix+key+".", branch) {
				leaves[below] = leaf
			}
			continue
		}
		leaves[prefix+key] = value
	}
	return leaves
}

// shown is how the table writes a value.
func shown(t *testing.T, value any) string {
	t.Helper()
	if text, ok := value.(string); ok && text != "" {
		return text
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(encoded), ",", ", ")
}
