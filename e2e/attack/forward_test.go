package attack

import (
	"fmt"
	"net/http"
)

// forgeForwarded has the attacker's address full, and then claims to come from
// elsewhere. The proxy puts whom it talked to at the right end, as proxies do.
func forgeForwarded(a *arena) {
	a.fill("one address", 2*capacity, func(i int) []string { return []string{a.somebody(i), forwarded(attacker)} })
	claims := []func(i int) []string{
		func(i int) []string { return []string{forwarded(fmt.Sprintf("203.0.113.%d, %s", i, attacker))} },
		func(i int) []string {
			return []string{forwarded(fmt.Sprintf("203.0.113.%d", i)), forwarded(attacker)}
		},
		func(i int) []string {
			return []string{forwarded(fmt.Sprintf("127.0.0.1, 203.0.113.%d,127.0.0.1 ,%s", i, attacker))}
		},
		func(i int) []string {
			return []string{forwarded(fmt.Sprintf("203.0.113.%d, %s, 127.0.0.1", i, attacker))}
		},
		func(int) []string { return []string{forwarded("::ffff:" + attacker)} },
		func(i int) []string { return []string{forwarded(fmt.Sprintf("%s:%d", attacker, i+1))} },
		func(i int) []string { return []string{forwarded(fmt.Sprintf("[::ffff:%s]:%d", attacker, i+1))} },
		func(int) []string { return []string{"x-forwarded-for:\t" + attacker + "\t"} },
		func(int) []string { return []string{forwarded("unknown, " + attacker)} },
		func(int) []string { return []string{forwarded(", , " + attacker)} },
		func(i int) []string {
			other := fmt.Sprintf("203.0.113.%d", i)
			return []string{forwarded(attacker), "X-Real-IP: " + other, "Forwarded: for=" + other,
				"True-Client-IP: " + other, "CF-Connecting-IP: " + other, "X-Client-IP: " + other}
		},
	}
	a.each(many(10, 100)*len(claims), func(i int) {
		lines := append(claims[i%len(claims)](i%250+1), a.somebody(1000+i))
		status, _ := a.ask(lines...)
		a.try(status == http.StatusTooManyRequests, "%q: answered with %d", lines[:len(lines)-1], status)
	})
}
