package guard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// decodeObject reads a JSON object with its numbers as they were written. It
// refuses one in which a name comes twice, in whatever case: of
// {"room":"a","ROOM":"b"} the rules would see one, and whoever decodes it into a
// struct the other.
func decodeObject(data []byte) (fields map[string]any, wrong map[string]string) {
	data = bytes.TrimSpace(data)
	if len(data) == 0 || data[0] != '{' || !json.Valid(data) {
		return nil, map[string]string{whole: "message is not a JSON object"}
	}
	d := objectDecoder{tokens: json.NewDecoder(bytes.NewReader(data))}
	d.tokens.UseNumber()
	fields, _ = d.value().(map[string]any)
	return fields, d.wrong
}

// objectDecoder decodes JSON that is known to be valid, and so of a bounded depth.
type objectDecoder struct {
	tokens *json.Decoder
	wrong  map[string]string // the first name that comes twice; nil for none
}

// value decodes the next value.
func (d *objectDecoder) value() any {
	token, _ := d.tokens.Token() // never fails, since the JSON is valid
	switch token {
	case json.Delim('{'):
		return d.object()
	case json.Delim('['):
		return d.list()
	}
	return token
}

func (d *objectDecoder) list() []any {
	items := []any{}
	for d.tokens.More() {
		items = append(items, d.value())
	}
	_, _ = d.tokens.Token() // its end
	return items
}

func (d *objectDecoder) object() map[string]any {
	fields, known := map[string]any{}, map[string]string{}
	for d.tokens.More() {
		name, _ := d.value().(string)
		if first, twice := known[folded(name)]; twice && d.wrong == nil {
			d.wrong = map[string]string{name: fmt.Sprintf("comes twice, as %q and as %q", first, name)}
		}
		known[folded(name)] = name
		fields[name] = d.value()
	}
	_, _ = d.tokens.Token() // its end
	return fields
}

// folded is the same for all names that encoding/json takes for one.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, name)
}
