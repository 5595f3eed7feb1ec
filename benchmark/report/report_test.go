package report

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/benchmark/load"
)

func cpus(values ...float64) []Sample {
	samples := make([]Sample, len(values))
	for i, value := range values {
		samples[i] = Sample{CPU: value, PerSecond: 1, Stuck: value == 0}
	}
	return samples
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		name    string
		samples []Sample
		value   float64
		stuck   bool
	}{
		{"none", nil, 0, true},
		{"one", cpus(3), 3, false},
		{"odd", cpus(9, 1, 3), 3, false},
		{"even", cpus(4, 1, 2, 9), 3, false},
		{"stuck once", cpus(4, 0, 2), 3, false},
		{"stuck half the time", cpus(4, 0), 0, true},
		{"always stuck", cpus(0, 0, 0), 0, true},
	} {
		value, stuck := median(c.samples, cpu)
		if value != c.value || stuck != c.stuck {
			t.Errorf("%s: %v, %t", c.name, value, stuck)
		}
	}
}

func TestNewSample(t *testing.T) {
	got := NewSample(load.Result{
		Messages: 500_000, Elapsed: 2 * time.Second, CPU: time.Second,
		P50: time.Millisecond, P99: 2500 * time.Microsecond,
	})
	if want := (Sample{CPU: 2, PerSecond: 250_000, P50: 1, P99: 2.5}); got != want {
		t.Errorf("got %+v", got)
	}
	for _, r := range []load.Result{{Stuck: true}, {Elapsed: time.Second}} {
		if !NewSample(r).Stuck {
			t.Errorf("%+v is not stuck", r)
		}
	}
}

func report(tables ...Table) Report { return Report{Rounds: 3, Tables: tables} }

func TestTargetDividesMediansAndShowsTheRounds(t *testing.T) {
	r := report(Table{Key: "k", Rows: []Row{
		{Label: "a", Samples: cpus(1, 2, 6)},
		{Label: "b", Samples: cpus(4, 4, 3)},
	}})
	half := target{most: 0.5, table: "k", row: "a", against: "b", read: cpu}
	o, ok := half.outcome(r)
	if !ok || o.value != 0.5 || o.low != 0.25 || o.top != 2 || !o.reached {
		t.Errorf("got %+v, %t", o, ok)
	}
	half.most = 0.49
	if o, _ = half.outcome(r); o.reached {
		t.Error("0.5 is not above 0.49")
	}
	alone := target{most: 2, table: "k", row: "a", read: cpu}
	if o, ok = alone.outcome(r); !ok || o.value != 2 || o.low != 1 || o.top != 6 || !o.reached {
		t.Errorf("got %+v, %t", o, ok)
	}
}

func TestTargetIsNotMeasuredWhereSomethingIsMissing(t *testing.T) {
	r := report(Table{Key: "k", Rows: []Row{
		{Label: "a", Samples: cpus(1)},
		{Label: "stuck", Samples: cpus(0)},
	}})
	for _, c := range []target{
		{table: "other", row: "a"},
		{table: "k", row: "none"},
		{table: "k", row: "stuck"},
		{table: "k", row: "a", against: "none"},
		{table: "k", row: "a", against: "stuck"},
	} {
		c.read = cpu
		if o, ok := c.outcome(r); ok {
			t.Errorf("%+v: %+v", c, o)
		}
	}
}

func TestNumber(t *testing.T) {
	for want, got := range map[string]string{
		"0":            number(0, 0),
		"999":          number(999.4, 0),
		"1,000":        number(999.5, 0),
		"12,345,678":   number(12345678, 0),
		"1,234.50":     number(1234.5, 2),
		"0.97":         number(0.971, 2),
		"-1,000":       number(-1000, 0),
		"-100":         number(-100, 0),
		"1,000,000.00": number(999999.999, 2),
	} {
		if got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}

func example() Report {
	return report(
		Table{Key: "echo-100x128", Title: "Echo <1>", Note: "A note.", Rows: []Row{
			{Label: "gws", Server: "gws", Samples: cpus(6, 6, 6)},
			{Label: "halts", Server: "x", Samples: cpus(0, 0, 0)},
			{Label: "gfws", Server: "gfws", Samples: cpus(5, 5.4, 5)},
		}},
		Table{Key: "idle", Title: "Idle", Measure: Memory, Rows: []Row{
			{Label: "gfws", Server: "gfws", Samples: []Sample{{Bytes: 9000}}},
		}},
	)
}

func TestMarkdownShowsTheBestFirstAndWhatWasReached(t *testing.T) {
	var text strings.Builder
	if err := example().Markdown(&text); err != nil {
		t.Fatal(err)
	}
	previous := -1
	for _, part := range []string{
		"| CPU per message against gws | 1.05 | 0.83 | 0.83 to 0.90 | yes |",
		"| CPU per message against GoFrame's documented loop | 0.95 | – | – | not measured |",
		"| resident bytes after GC | 8,500 | 9,000 | 9,000 to 9,000 | **no** |",
		"\n| gfws | 5.00 | 1 |",
		"\n| gws | 6.00 | 1 |",
		"\n| halts | stops | stops | stops | stops |",
		"](plots/echo-100x128.svg)",
	} {
		at := strings.Index(text.String(), part)
		if at <= previous {
			t.Fatalf("%q is at %d behind %d in\n%s", part, at, previous, text.String())
		}
		previous = at
	}
}

func TestWriteMakesPlotsThatAreXML(t *testing.T) {
	dir := t.TempDir()
	if err := example().Write(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "RESULTS.md")); err != nil {
		t.Error(err)
	}
	for _, key := range []string{"echo-100x128", "idle"} {
		file, err := os.Open(filepath.Join(dir, "plots", key+".svg"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		decoder, bars := xml.NewDecoder(file), 0
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", key, err)
			}
			if element, ok := token.(xml.StartElement); ok && element.Name.Local == "rect" {
				bars++
			}
		}
		if bars < 2 {
			t.Errorf("%s has %d bars", key, bars-1)
		}
	}
}

func TestQuoteReplacesTheTableOfAnEarlierRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "performance.md")
	const head, tail = "# Performance\n\n", "\nWhat follows stays.\n"
	if err := os.WriteFile(path, []byte(head+quoteBegin+"old\n"+quoteEnd+tail), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := report().Quote(path); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	if !strings.HasPrefix(got, head) || !strings.HasSuffix(got, tail) || strings.Contains(got, "old") {
		t.Errorf("the rest has changed, or the old table is there:\n%s", got)
	}
	if n := strings.Count(got, "| work | figure |"); n != 1 {
		t.Errorf("the table is there %d times", n)
	}
}

func TestQuoteRefusesADocumentWithoutAPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "performance.md")
	if err := os.WriteFile(path, []byte("# Performance\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, document := range []string{path, path + ".gone"} {
		if err := report().Quote(document); err == nil {
			t.Errorf("%s was taken", document)
		}
	}
}
