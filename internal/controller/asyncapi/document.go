// Package asyncapi serves the description of an endpoint's methods.
package asyncapi

import (
	"net/http"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/jsonrpc/asyncapi"
)

// Document serves one document, as JSON and as a page.
type Document struct {
	describe func(r *ghttp.Request) ([]byte, error)
}

// New returns the document that describe makes, which is asked at each request.
func New(describe func(r *ghttp.Request) ([]byte, error)) *Document {
	return &Document{describe: describe}
}

// JSON answers with the document itself.
func (d *Document) JSON(r *ghttp.Request) {
	document, err := d.describe(r)
	if err != nil {
		fail(r, err)
		return
	}
	answer(r, "application/json", "default-src 'none'; frame-ancestors 'none'", document)
}

// Page answers with the document as people read it.
func (d *Document) Page(r *ghttp.Request) {
	document, err := d.describe(r)
	if err != nil {
		fail(r, err)
		return
	}
	page, err := asyncapi.Page(document)
	if err != nil {
		fail(r, err)
		return
	}
	answer(r, "text/html; charset=utf-8", asyncapi.PagePolicy(), page)
}

func answer(r *ghttp.Request, contentType, policy string, content []byte) {
	header := r.Response.Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Security-Policy", policy)
	header.Set("Cache-Control", "no-cache")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	r.Response.Write(content)
}

// fail tells the log why, and the client only that.
func fail(r *ghttp.Request, err error) {
	r.SetError(err)
	r.Server.Logger().Errorf(r.Context(), "asyncapi: %+v", err)
	r.Response.WriteStatus(http.StatusInternalServerError)
}
