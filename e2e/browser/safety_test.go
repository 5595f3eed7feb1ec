package browser_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

func TestMarkupStaysText(t *testing.T) {
	attacks := []string{
		`<img src=x onerror="window.wasRun=1">`,
		`<script>window.wasRun=1</script>`,
		`<svg/onload=window.wasRun=1>`,
		`<style>body{display:none}</style>`,
		`</div></li><h1>out</h1>`,
		`<a href="javascript:window.wasRun=1">click</a>`,
		`&lt;b&gt; &amp; &#60;`,
		`{"__proto__":{"x":"<img src=x onerror=window.wasRun=1>"},"c":"<b>x</b>"}`,
	}
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	foreign := `document.querySelectorAll('.row :is(img, script, style, h1, a, b), [part=content] :is(img, script, style, h1, a, b)').length`
	for i, attack := range attacks {
		p.fill(attack)
		p.press(kb.Enter)
		if echo := p.awaitEchoes(i + 1)[i]; echo.Body != attack {
			t.Errorf("echo %q, want the text %q", echo.Body, attack)
		}
	}
	p.await("rows", func() bool { return len(p.rows()) == 2*len(attacks)+1 })
	for _, shown := range []string{"tree", "raw", "hex"} {
		evaluate[any](p, `document.querySelectorAll('.row[data-kind=echo]').forEach((row) => {
			row.click();
			document.querySelector('[data-shown=`+shown+`]').click();
		}), null`)
	}
	if got := evaluate[int](p, foreign); got != 0 {
		t.Errorf("messages became %d elements", got)
	}
	if evaluate[bool](p, `'wasRun' in window`) {
		t.Error("a message's script ran")
	}
	if problems := p.watch.problemsSoFar(); len(problems) > 0 {
		t.Errorf("the browser reported %q", problems)
	}
}

func TestPageKeepsItsPolicy(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.send("text")
	p.choose("hex")
	p.fill("00 ff")
	p.press(kb.Enter, control)
	p.awaitEchoes(2)
	p.click("[data-language=zh-CN]")
	p.click(here + "[part=toggle]")
	p.awaitState("closed")
	if problems := p.watch.problemsSoFar(); len(problems) > 0 {
		t.Errorf("the browser reported %q", problems)
	}
}

// Without this the test above would pass without any policy.
func TestPolicyStopsForeignCode(t *testing.T) {
	attacks := map[string]string{
		"inline script":  `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.wasRun = 1' }))`,
		"foreign image":  `document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.2:1/x.png' }))`,
		"inline style":   `document.body.setAttribute('style', 'color: red')`,
		"foreign fetch":  `fetch('http://127.0.0.2:1/').catch(() => {})`,
		"foreign stream": `new EventSource('http://127.0.0.2:1/')`,
		"blob's script":  `document.body.append(Object.assign(document.createElement('script'), { src: URL.createObjectURL(new Blob(['window.wasRun = 1'])) }))`,
	}
	s := server.Start(t)
	for name, attack := range attacks {
		t.Run(name, func(t *testing.T) {
			p := newOpenTab(t, s.URL)
			evaluate[any](p, attack+", null")
			p.await("violation of the policy", func() bool { return len(p.watch.policyViolations()) > 0 })
			if evaluate[bool](p, `'wasRun' in window`) {
				t.Error("foreign code ran")
			}
		})
	}
}

func TestPageAsksNoOtherHost(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.send("hello")
	p.awaitEchoes(1)
	want := strings.TrimPrefix(s.URL, "http://")
	if hosts := p.watch.hosts(); !slices.Equal(hosts, []string{want}) {
		t.Errorf("hosts %q, want %q alone", hosts, want)
	}
}

func TestPageFindsItsFilesRelativeToItself(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	paths := evaluate[[]string](p, `[...document.querySelectorAll('[src], link[href]')]
		.map((element) => element.getAttribute('src') ?? element.getAttribute('href'))`)
	if len(paths) == 0 {
		t.Fatal("the page names no files")
	}
	for _, path := range paths {
		address, err := url.Parse(path)
		if err != nil || address.IsAbs() || address.Host != "" || strings.HasPrefix(path, "/") {
			t.Errorf("%q is not relative to the page", path)
		}
	}
}
