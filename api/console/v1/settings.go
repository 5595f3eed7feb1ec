// Package v1 is the contract of the page that talks to an endpoint.
package v1

import "github.com/gogf/gf/v2/frame/g"

// SettingsReq asks what the page must know of its endpoint.
type SettingsReq struct {
	g.Meta `path:"/settings.json" method:"get" tags:"WebSocket" summary:"Settings of the page"`
}

// SettingsRes is what the page must know of its endpoint and of the server
// around it.
type SettingsRes struct {
	Name            string       `json:"name"            dc:"Name of the instance"`
	Version         string       `json:"version"         dc:"Version of gfws"`
	Path            string       `json:"path"            dc:"Path of the endpoint for ws://"`
	SecurePath      string       `json:"securePath"      dc:"Path of the endpoint for wss://"`
	MaxMessageBytes int64        `json:"maxMessageBytes" dc:"Most bytes of one message, -1 for no limit"`
	Auth            SettingsAuth `json:"auth"            dc:"How to say who one is"`
	Endpoints       []string     `json:"endpoints"       dc:"Paths of every endpoint of the server"`
	AsyncAPI        string       `json:"asyncapi"        dc:"Path of the AsyncAPI document, empty where there is none"`
	Stats           string       `json:"stats"           dc:"Path of the statistics, empty where there are none"`
}

// SettingsAuth is how the endpoint finds out who asks for a session.
type SettingsAuth struct {
	Methods     []string `json:"methods"     dc:"Ways to show credentials: bearer, subprotocol, cookie, session, query, first-message; empty where nobody is asked"`
	Required    bool     `json:"required"    dc:"Whether who shows none is refused"`
	Subprotocol string   `json:"subprotocol" dc:"What to offer beside a token among the subprotocols; empty for nothing"`
}
