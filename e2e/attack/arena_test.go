package attack

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

const (
	// patience bounds every wait; it is long only because machines can be slow.
	patience = 30 * time.Second
	// mostMemory is what no attack may have the server hold.
	mostMemory = 512 << 20
	// slowest is what 99 of 100 honest clients may wait, in the full form alone:
	// the short one runs beside other tests.
	slowest = 5 * time.Second
	// readTimeout is how long a server gives a request to be whole: twice the time of
	// the executable, since honest clients here may have to wait for a processor
	// between two of their lines.
	readTimeout = 10 * time.Second
	// workers is how many attackers work at once.
	workers = 16
	// attacker is the address that a proxy tells of whoever attacks.
	attacker = "198.51.100.7"
)

// isFull tells which form of the suite is wanted.
func isFull() bool { return os.Getenv("GFWS_ATTACK") == "full" }

// many is how often something is tried.
func many(short, full int) int {
	if isFull() {
		return full
	}
	return short
}

// spareFiles is what else is open beside the connections that hold most of them.
const spareFiles = 500

// needFiles fails unless n connections can be open here at once. The server has a
// limit of its own, which is as high: Go raises it to the hard one in both.
func needFiles(a *arena, n int) {
	a.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		a.Fatalf("ask for the limit of open files: %v", err)
	}
	if need := uint64(n + spareFiles); uint64(limit.Cur) < need {
		a.Fatalf("a process may open %d files here, and %d are needed: raise the hard limit, such as by ulimit -Hn %d as root",
			limit.Cur, need, need)
	}
}

// arena is a server under attack, and the honest clients in it. What attackers
// call is safe for concurrent use.
type arena struct {
	*testing.T
	attack   attack
	server   *server.Server
	target   *url.URL
	issuer   *issuer
	sealer   *sealer
	visitors *visitors

	mu                      sync.Mutex
	tried, allowed, stopped int
	conns                   []*wire.Conn
	secrets                 []secret
}

// frame is the configuration of every server: it logs all that there is to log.
const frame = `
server: {accessLogEnabled: true, errorLogEnabled: true, readTimeout: %s}
logger: {level: all, stdout: true}
websocket:
  subprotocols: [v1]
  auth:
    methods: [bearer, subprotocol, cookie, query, first-message]
    timeout: 3s
    jwt: {audience: [gfws], issuer: "https://issuer.example", leeway: off, %s}
%s`

func enter(t *testing.T, attack attack) *arena {
	t.Helper()
	newIssuer := newSecretIssuer
	if attack.issuer != nil {
		newIssuer = attack.issuer
	}
	a := &arena{T: t, attack: attack, issuer: newIssuer(t), sealer: &sealer{key: signatureKey}}
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, fmt.Appendf(nil, frame, readTimeout, a.issuer.configuration, attack.configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	a.server = server.Start(t, "--gf.gcfg.file="+path)
	a.keep("the secret of the tokens", a.issuer.secret)
	if attack.signed {
		a.keep("the key of the signatures", string(a.sealer.key))
	}
	var err error
	if a.target, err = url.Parse(a.server.WebSocketURL("/ws")); err != nil {
		t.Fatal(err)
	}
	a.visitors = welcome(2, a.visit)
	t.Cleanup(a.visitors.dismiss)
	a.visitors.await(1)
	return a
}

// keep says that a text is not to be logged; an empty one is none.
func (a *arena) keep(what, text string) {
	if text == "" {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.secrets = append(a.secrets, secret{what, text})
}

// try counts one attempt, and tells of one that was not stopped.
func (a *arena) try(stopped bool, format string, args ...any) {
	a.Helper()
	a.mu.Lock()
	a.tried++
	if stopped {
		a.stopped++
	}
	a.mu.Unlock()
	if !stopped {
		a.Errorf(format, args...)
	}
}

// count counts attempts of which a limit allows some.
func (a *arena) count(tried, allowed, stopped int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tried += tried
	a.allowed += allowed
	a.stopped += stopped
}

// each does something n times, several at once.
func (a *arena) each(n int, do func(i int)) {
	var busy sync.WaitGroup
	next := make(chan int)
	for range min(workers, n) {
		busy.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	busy.Wait()
}

// hold keeps a connection until the attack is over.
func (a *arena) hold(conn *wire.Conn) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.conns = append(a.conns, conn)
}

// leave ends the attack: honest clients must have been served beside it and after
// it, the server must be of bounded size, and end as it should.
func (a *arena) leave() row {
	a.Helper()
	a.visitors.await(4)
	came := row{name: a.attack.name, tried: a.tried, allowed: a.allowed, stopped: a.stopped, memory: a.server.Memory()}
	for _, conn := range a.conns {
		_ = conn.Close()
	}
	a.visitors.await(2)
	var failures []error
	if came.honest, failures = a.visitors.leave(); len(failures) > 0 {
		a.Errorf("%d of %d honest clients failed, the first with: %v", len(failures), len(failures)+came.honest.served, failures[0])
	}
	if most := cmp.Or(a.attack.within, slowest); isFull() && came.honest.slowest > most {
		a.Errorf("honest clients waited for %s, longer than %s", came.honest.slowest, most)
	}
	if came.memory > mostMemory {
		a.Errorf("the server has %d MiB in memory", came.memory>>20)
	}
	if a.tried == 0 {
		a.Error("nothing was tried")
	}
	if !a.Failed() && a.tried != a.allowed+a.stopped {
		a.Errorf("%d allowed and %d stopped are not the %d that were tried", a.allowed, a.stopped, a.tried)
	}
	if code := a.server.Terminate(); code != 0 {
		a.Errorf("the server ended with %d", code)
	}
	came.secrets, came.logs = slices.Clone(a.secrets), a.server.Logs()
	return came
}
