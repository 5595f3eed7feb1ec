package asyncapi

func versionSchema() *schema { return &schema{Const: "2.0"} }

// idSchema is that of an id: what the answer brings back.
func idSchema() *schema {
	return &schema{
		Description: "What the answer brings back",
		OneOf:       []*schema{{Type: "string"}, {Type: "number"}, {Type: "null"}},
	}
}

func idRef() *schema { return &schema{Ref: "#/components/schemas/id"} }

// errorSchema is that of an answer with an error.
func errorSchema() *schema {
	fault := object(map[string]*schema{
		"code":    {Type: "integer", Description: "One of JSON-RPC 2.0, of GoFrame or of the application"},
		"message": {Type: "string"},
		"data":    {Description: "What else there is to tell, such as the fields that have failed their rules"},
	}, "code", "message")
	return object(map[string]*schema{"jsonrpc": versionSchema(), "id": idRef(), "error": fault}, "jsonrpc", "id", "error")
}

// request is the message that calls or notifies. A call of a client's needs no
// id: without one it is a notification, and nothing comes back.
func (b *describer) request(action string, o Operation) *message {
	properties := map[string]*schema{"jsonrpc": versionSchema(), "method": {Const: o.Method}}
	required := []string{"jsonrpc", "method"}
	m := &message{Name: o.Method, Title: o.Method, Summary: o.Summary}
	if o.Replies {
		properties["id"] = idRef()
		m.CorrelationID = &correlation{"$message.payload#/id"}
	}
	if o.Replies && action == "send" {
		required = append(required, "id")
	}
	if o.Params != nil {
		properties["params"] = b.params(action).of(o.Params)
		if len(b.received.resolve(properties["params"]).Required) > 0 {
			required = append(required, "params")
		}
	}
	m.Payload = object(properties, required...)
	b.exemplify(m)
	return m
}

// params make the schemas of what is sent with a request.
func (b *describer) params(action string) *schemas {
	if action == "send" {
		return &b.sent
	}
	return &b.received
}

// results make the schemas of what comes back.
func (b *describer) results(action string) *schemas {
	if action == "send" {
		return &b.received
	}
	return &b.sent
}

// result is the message that answers with a result.
func (b *describer) result(action string, o Operation) *message {
	result := &schema{}
	if o.Result != nil {
		result = b.results(action).of(o.Result)
	}
	return &message{
		Name: o.Method + ".result", Title: "The result of " + o.Method,
		CorrelationID: &correlation{"$message.payload#/id"},
		Payload:       object(map[string]*schema{"jsonrpc": versionSchema(), "id": idRef(), "result": result}, "jsonrpc", "id", "result"),
	}
}

// exemplify gives a request an example, where one can be made.
func (b *describer) exemplify(m *message) {
	value := map[string]any{"jsonrpc": "2.0", "method": m.Name}
	if m.Payload.Properties["id"] != nil {
		value["id"] = 1
	}
	if params := m.Payload.Properties["params"]; params != nil {
		example, ok := b.received.example(params, 0)
		if !ok {
			return
		}
		value["params"] = example
	}
	m.Examples = []example{{value}}
}
