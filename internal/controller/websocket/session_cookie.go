package websocket

import (
	"reflect"

	"github.com/gogf/gf/v2/net/ghttp"
)

// setSessionCookie does what ghttp does after a handler: a session that the
// host has begun in this request gets its cookie.
func setSessionCookie(r *ghttp.Request) {
	if !r.Session.IsDirty() || !outputsSessionCookie(r.Server) {
		return
	}
	id, err := r.Session.Id()
	if err != nil || id == r.GetSessionId() {
		return
	}
	r.Cookie.SetSessionId(id)
}

// outputsSessionCookie reads a setting for which ghttp has a setter only. Where
// a version of ghttp no longer has the field, its default is taken.
func outputsSessionCookie(s *ghttp.Server) bool {
	field := reflect.ValueOf(s).Elem().FieldByName("config").FieldByName("SessionCookieOutput")
	return !field.IsValid() || field.Kind() != reflect.Bool || field.Bool()
}
