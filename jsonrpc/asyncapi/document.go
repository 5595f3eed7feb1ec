// Package asyncapi describes a JSON-RPC endpoint as an AsyncAPI 3.0 document,
// and shows such a document to people.
package asyncapi

// Info is what a document says that the bound methods do not.
type Info struct {
	// Title names the interface. Default "JSON-RPC".
	Title string
	// Version is that of the interface. Default "1.0.0".
	Version string
	// Description is for people, in Markdown.
	Description string
	// Servers are where it is reached; none is allowed.
	Servers []Server
	// Security are the ways to authenticate, of which any one will do; none
	// means that nobody has to.
	Security []Security
}

// Server is one place where the interface is reached.
type Server struct {
	// Name is unique in the document: letters, digits, ".", "-", "_".
	Name string
	// Host is the host, with a port where it needs one.
	Host string
	// Path is the path of the endpoint.
	Path string
	// Protocol is "ws" or "wss".
	Protocol string
	// Description is for people.
	Description string
}

// Security is one way to authenticate.
type Security struct {
	// Key is unique in the document: letters, digits, ".", "-", "_".
	Key string `json:"-"`
	// Type is one of AsyncAPI's, such as "http" and "httpApiKey".
	Type string `json:"type"`
	// Scheme is that of the Authorization header, for the type "http".
	Scheme string `json:"scheme,omitempty"`
	// BearerFormat tells what a bearer token is, such as "JWT".
	BearerFormat string `json:"bearerFormat,omitempty"`
	// In is "header", "query" or "cookie", for the type "httpApiKey".
	In string `json:"in,omitempty"`
	// Name is the header, parameter or cookie, for the type "httpApiKey".
	Name string `json:"name,omitempty"`
	// Description is for people.
	Description string `json:"description,omitempty"`
}

// Document is an AsyncAPI 3.0 document, as far as one is made here.
type Document struct {
	AsyncAPI    string                `json:"asyncapi"`
	Info        documentInfo          `json:"info"`
	ContentType string                `json:"defaultContentType"`
	Servers     map[string]*server    `json:"servers,omitempty"`
	Channels    map[string]*channel   `json:"channels"`
	Operations  map[string]*operation `json:"operations"`
	Components  components            `json:"components"`
}

type documentInfo struct {
	Title       string `json:"title"`
	Version     string `json:"version"`
	Description string `json:"description,omitempty"`
}

type server struct {
	Host        string `json:"host"`
	Path        string `json:"pathname,omitempty"`
	Protocol    string `json:"protocol"`
	Description string `json:"description,omitempty"`
	Security    []ref  `json:"security,omitempty"`
}

type channel struct {
	Description string         `json:"description,omitempty"`
	Messages    map[string]ref `json:"messages"`
}

type operation struct {
	Action      string `json:"action"`
	Channel     ref    `json:"channel"`
	Title       string `json:"title"`
	Summary     string `json:"summary,omitempty"`
	Description string `json:"description,omitempty"`
	Tags        []tag  `json:"tags,omitempty"`
	Messages    []ref  `json:"messages"`
	Reply       *reply `json:"reply,omitempty"`
}

type tag struct {
	Name string `json:"name"`
}

type reply struct {
	Channel  ref   `json:"channel"`
	Messages []ref `json:"messages"`
}

type message struct {
	Name          string       `json:"name"`
	Title         string       `json:"title,omitempty"`
	Summary       string       `json:"summary,omitempty"`
	ContentType   string       `json:"contentType"`
	CorrelationID *correlation `json:"correlationId,omitempty"`
	Payload       *schema      `json:"payload"`
	Examples      []example    `json:"examples,omitempty"`
}

type correlation struct {
	Location string `json:"location"`
}

type example struct {
	Payload map[string]any `json:"payload"`
}

type components struct {
	Messages map[string]*message  `json:"messages"`
	Schemas  map[string]*schema   `json:"schemas"`
	Security map[string]*Security `json:"securitySchemes,omitempty"`
}

type ref struct {
	Ref string `json:"$ref"`
}
