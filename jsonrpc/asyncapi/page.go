package asyncapi

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"maps"
	"slices"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

//go:embed page.html
var pageText string

//go:embed page.css
var pageStyle string

// Page shows a document that [Describe] has made to people. It is one file of
// HTML without scripts; serve it with [PagePolicy].
func Page(document []byte) ([]byte, error) {
	var d Document
	if err := json.Unmarshal(document, &d); err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidParameter, err, "document of the page")
	}
	page, err := template.New("page").Parse(pageText)
	if err != nil {
		return nil, gerror.Wrap(err, "template of the page")
	}
	var text bytes.Buffer
	if err = page.Execute(&text, viewOf(&d)); err != nil {
		return nil, gerror.Wrap(err, "page of the document")
	}
	return text.Bytes(), nil
}

// PagePolicy is the Content-Security-Policy for [Page]: its own style and
// nothing else.
func PagePolicy() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// view is what the page shows.
type view struct {
	Style    template.CSS
	Info     documentInfo
	Servers  []*server
	Security []*Security
	Groups   []group
	Types    []typeView
}

// group are the methods of one direction.
type group struct {
	Title, Hint string
	Methods     []methodView
}

type methodView struct {
	Anchor, Name, Summary, Description string
	Tags                               []tag
	Params                             []row
	Result                             *row // nil where nothing comes back
	Example                            string
}

type typeView struct {
	Key  string
	Rows []row
}

func viewOf(d *Document) view {
	v := view{
		Style: template.CSS(pageStyle),
		Info:  d.Info,
		Groups: []group{
			{"Methods", "What clients call. Without an id a call is a notification, and nothing comes back.", methodsOf(d, "receive")},
			{"Messages from the server", "What clients are notified of, and what the server asks them.", methodsOf(d, "send")},
		},
	}
	for _, key := range slices.Sorted(maps.Keys(d.Servers)) {
		v.Servers = append(v.Servers, d.Servers[key])
	}
	for _, key := range slices.Sorted(maps.Keys(d.Components.Security)) {
		s := d.Components.Security[key]
		s.Key = key
		v.Security = append(v.Security, s)
	}
	for _, key := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		if s := d.Components.Schemas[key]; len(s.Properties) > 0 {
			v.Types = append(v.Types, typeView{key, rowsOf(s)})
		}
	}
	return v
}

func methodsOf(d *Document, action string) []methodView {
	var methods []methodView
	for _, key := range slices.Sorted(maps.Keys(d.Operations)) {
		if o := d.Operations[key]; o.Action == action {
			methods = append(methods, methodOf(d, key, o))
		}
	}
	return methods
}

func methodOf(d *Document, key string, o *operation) methodView {
	m := methodView{Anchor: key, Name: o.Title, Summary: o.Summary, Description: o.Description, Tags: o.Tags}
	request := d.message(o.Messages[0])
	if params := request.Payload.Properties["params"]; params != nil {
		m.Params = rowsOf(d.resolve(params))
	}
	if o.Reply != nil {
		result := rowOf("result", d.message(o.Reply.Messages[0]).Payload.Properties["result"], true)
		m.Result = &result
	}
	if len(request.Examples) > 0 {
		text, _ := json.MarshalIndent(request.Examples[0].Payload, "", "  ")
		m.Example = string(text)
	}
	return m
}
