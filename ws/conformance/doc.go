// Package conformance holds gfws to RFC 6455 and RFC 7692. It has tests only,
// one file for each section, which drive raw bytes over TCP and name what must
// come back: as the server of package ws against a raw client, and as the client
// of package client against a raw server. Where an RFC leaves a choice, the test
// says which is ours and why.
package conformance
