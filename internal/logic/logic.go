// ==========================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// ==========================================================================

package logic

import (
	_ "github.com/gfws/gf-websocket/internal/logic/echo"
	_ "github.com/gfws/gf-websocket/internal/logic/guard"
	_ "github.com/gfws/gf-websocket/internal/logic/push"
	_ "github.com/gfws/gf-websocket/internal/logic/room"
)
