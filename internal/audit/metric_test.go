package audit

import (
	"context"
	"sync"
	"testing"

	"github.com/gogf/gf/v2/os/gmetric"
)

// exporter is a provider of metrics that keeps what the counter is given.
type exporter struct {
	gmetric.Provider
	name   string
	counts chan gmetric.Attributes
}

func (e *exporter) MeterPerformer(gmetric.MeterOption) gmetric.MeterPerformer {
	return performer{exporter: e}
}

type performer struct {
	gmetric.MeterPerformer
	*exporter
}

func (p performer) CounterPerformer(name string, _ gmetric.MetricOption) (gmetric.CounterPerformer, error) {
	p.name = name
	return counter{p.exporter}, nil
}

type counter struct{ *exporter }

// Inc keeps the first events: the counter stays for all tests after this one.
func (c counter) Inc(_ context.Context, option ...gmetric.Option) {
	select {
	case c.counts <- option[0].Attributes:
	default:
	}
}

func (c counter) Add(context.Context, float64, ...gmetric.Option) {}

// exported gives the counter its exporter, which a counter takes only once.
var exported = sync.OnceValues(func() (*exporter, error) {
	e := &exporter{counts: make(chan gmetric.Attributes, 10)}
	return e, events.(gmetric.MetricInitializer).Init(e)
})

// TestMetric holds that a host's exporter gets each event with its attributes.
func TestMetric(t *testing.T) {
	e, err := exported()
	if err != nil {
		t.Fatal(err)
	}
	for len(e.counts) > 0 {
		<-e.counts // of other tests
	}
	l, _, _ := newLog(t, 1)
	for range 3 { // more than lines are written
		l.Record(context.Background(), Event{Action: Refused, Reason: "origin"})
	}
	if e.name != "gfws.audit.events" || len(e.counts) != 3 {
		t.Fatalf("%q has counted %d", e.name, len(e.counts))
	}
	want := map[string]string{"instance": "chat", "action": "refused", "reason": "origin"}
	for _, attribute := range <-e.counts {
		if attribute.Value() != want[attribute.Key()] {
			t.Errorf("%s is %v", attribute.Key(), attribute.Value())
		}
		delete(want, attribute.Key())
	}
	if len(want) > 0 {
		t.Errorf("%v are missing", want)
	}
}
