package console

// contentSecurityPolicy lets the page load its own files alone. WebSockets may
// go anywhere, since the page is for any server that lets it in; what they
// bring becomes text, never markup or code, and a server decides by the origin
// who may talk to it.
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
