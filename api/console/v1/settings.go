// Package v1 is the contract of the page that talks to an endpoint.
package v1

import "github.com/gogf/gf/v2/frame/g"

// SettingsReq asks what the page must know of its endpoint.
type SettingsReq struct {
	g.Meta `path:"/settings.json" method:"get" tags:"WebSocket" summary:"Settings of the page"`
}

// SettingsRes is what the page must know of its endpoint.
type SettingsRes struct {
	Name            string `json:"name"            dc:"Name of the instance"`
	Version         string `json:"version"         dc:"Version of gfws"`
	Path            string `json:"path"            dc:"Path of the endpoint for ws://"`
	SecurePath      string `json:"securePath"      dc:"Path of the endpoint for wss://"`
	MaxMessageBytes int64  `json:"maxMessageBytes" dc:"Most bytes of one message, -1 for no limit"`
}
