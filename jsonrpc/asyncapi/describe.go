package asyncapi

import (
	"reflect"
	"slices"
)

// Description is what a document is made of.
type Description struct {
	Info Info
	// Receives are the methods that clients call.
	Receives []Operation
	// Sends are the methods of clients that the server notifies or calls.
	Sends []Operation
}

// Operation is one method.
type Operation struct {
	Method      string
	Summary     string
	Description string
	Tags        []string
	// Params is the struct of the params, nil for none.
	Params reflect.Type
	// Replies tells whether an answer comes back.
	Replies bool
	// Result is the type of the result, nil for null.
	Result reflect.Type
}

const (
	channelKey  = "rpc"
	contentType = "application/json"
	errorKey    = "error"
)

// describer builds one document.
type describer struct {
	document *Document
	received schemas
	sent     schemas // of the same names and keys
	messages keys
}

// Describe makes the document. The same description gives the same document.
func Describe(d Description) *Document {
	named, keys := make(map[string]*schema), newKeys()
	b := &describer{
		document: &Document{
			AsyncAPI:    "3.0.0",
			Info:        documentInfo{firstOf(d.Info.Title, "JSON-RPC"), firstOf(d.Info.Version, "1.0.0"), d.Info.Description},
			ContentType: contentType,
			Channels: map[string]*channel{channelKey: {
				Description: "JSON-RPC 2.0 over one WebSocket connection, in both directions",
				Messages:    make(map[string]ref),
			}},
			Operations: make(map[string]*operation),
			Components: components{Messages: make(map[string]*message)},
		},
		received: schemas{direction: received, named: named, keys: keys},
		sent:     schemas{direction: sent, named: named, keys: keys},
		messages: newKeys(),
	}
	named["id"] = idSchema()
	keys.key("id", "id")
	b.message("", errorKey, &message{Name: errorKey, Title: "An error", Payload: errorSchema()})
	b.security(d.Info)
	b.operations("receive", d.Receives)
	b.operations("send", d.Sends)
	b.document.Components.Schemas = named
	return b.document
}

func (b *describer) security(info Info) {
	var required []ref
	for _, s := range info.Security {
		if b.document.Components.Security == nil {
			b.document.Components.Security = make(map[string]*Security)
		}
		b.document.Components.Security[s.Key] = &s
		required = append(required, ref{"#/components/securitySchemes/" + s.Key})
	}
	for _, s := range info.Servers {
		if b.document.Servers == nil {
			b.document.Servers = make(map[string]*server)
		}
		b.document.Servers[s.Name] = &server{s.Host, s.Path, s.Protocol, s.Description, required}
	}
}

func (b *describer) operations(action string, operations []Operation) {
	operations = slices.Clone(operations)
	slices.SortFunc(operations, func(a, b Operation) int {
		if a.Method < b.Method {
			return -1
		}
		return 1
	})
	for _, o := range operations {
		b.operation(action, o)
	}
}

func (b *describer) operation(action string, o Operation) {
	described := &operation{
		Action: action, Channel: ref{"#/channels/" + channelKey}, Title: o.Method,
		Summary: o.Summary, Description: o.Description,
	}
	for _, name := range o.Tags {
		described.Tags = append(described.Tags, tag{name})
	}
	key, sent := b.message(action, o.Method, b.request(action, o))
	described.Messages = []ref{sent}
	if o.Replies {
		_, result := b.message(action+" result", o.Method+".result", b.result(action, o))
		_, fault := b.message("", errorKey, nil)
		described.Reply = &reply{ref{"#/channels/" + channelKey}, []ref{result, fault}}
	}
	b.document.Operations[key] = described
}

// message adds a message once and returns its key and how operations refer to
// it.
func (b *describer) message(kind, name string, m *message) (string, ref) {
	key, known := b.messages.key(kind+" "+name, name)
	if !known {
		m.ContentType = contentType
		b.document.Components.Messages[key] = m
		b.document.Channels[channelKey].Messages[key] = ref{"#/components/messages/" + key}
	}
	return key, ref{"#/channels/" + channelKey + "/messages/" + key}
}
