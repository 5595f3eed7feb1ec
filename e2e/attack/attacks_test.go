package attack

import (
	"os"
	"testing"
	"time"
)

// attack is one way to do harm, to a server of its own.
type attack struct {
	name string
	// configuration is what the node websocket has beside authentication.
	configuration string
	// issuer makes the tokens; nil for one with a shared secret.
	issuer func(t *testing.T) *issuer
	// signed tells that messages go in envelopes.
	signed bool
	// within is what 99 of 100 honest clients may wait beside it, in the full form;
	// 0 for slowest.
	within time.Duration
	wage   func(a *arena)
}

// behindProxy has every client come through a proxy, which tells its address: so
// one machine can be many.
const behindProxy = "  proxy: {trusted: [127.0.0.1]}\n"

var attacks = []attack{
	{name: "cross-site page", configuration: behindProxy, wage: crossSitePage},
	{name: "cross-site page with the victim's cookie", configuration: behindProxy, wage: crossSiteCookie},
	{name: "origin tricks", configuration: behindProxy + listedOrigins, wage: originTricks},
	{name: "broken credentials", configuration: behindProxy, wage: brokenCredentials},
	{name: "algorithm confusion", configuration: behindProxy, issuer: newRSAIssuer, wage: algorithmConfusion},
	{name: "key id tricks and swapped key sets", configuration: behindProxy, issuer: newSetIssuer, wage: keyTricks},
	{name: "stale and foreign tokens", configuration: behindProxy, wage: staleTokens},
	{name: "oversize tokens", configuration: behindProxy, wage: oversizeTokens},
	{name: "speaking before authenticating", configuration: behindProxy, wage: speakFirst},
	{name: "silence after the handshake", configuration: behindProxy, wage: stayMute},
	{name: "replay of signed messages", configuration: behindProxy + signatures, signed: true, wage: replay},
	{name: "flood of messages", configuration: behindProxy + slowRate, wage: floodMessages},
	{name: "flood of pings", configuration: behindProxy + slowRate, wage: floodPings},
	{name: "flood of fragments", configuration: behindProxy, wage: floodFragments},
	{name: "flood of connections", configuration: behindProxy + fewConnections, wage: floodConnections},
	{name: "flood of connections of one user", configuration: behindProxy + fewConnections, wage: floodUser},
	{name: "flood of handshakes", configuration: behindProxy + fewHandshakes, wage: floodHandshakes},
	{name: "flood of headers", configuration: behindProxy, wage: floodHeaders},
	{name: "forged X-Forwarded-For", configuration: behindProxy + fewConnections, wage: forgeForwarded},
	{name: "slow and silent openers", configuration: behindProxy, within: 100 * time.Millisecond, wage: openSlowly},
	{name: "frames that never end", configuration: behindProxy + quickHeartbeat, wage: endlessFrames},
	{name: "compression bombs", configuration: behindProxy + compressed, wage: compressionBombs},
	{name: "guessing the token of push", configuration: behindProxy + withPush, wage: guessPush},
	{name: "lengths of 64 bits", configuration: behindProxy, wage: longLengths},
}

// TestAttacks wages them all, and looks for what was secret in all that the
// servers have logged.
func TestAttacks(t *testing.T) {
	r := &report{}
	t.Cleanup(func() { r.print(os.Stdout) })
	for _, attack := range attacks {
		t.Run(attack.name, func(t *testing.T) {
			a := enter(t, attack)
			attack.wage(a)
			r.add(a.leave())
		})
	}
	t.Run("token theft by log", func(t *testing.T) { r.add(r.theft(t)) })
}
