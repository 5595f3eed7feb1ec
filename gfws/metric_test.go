package gfws_test

import (
	"context"
	"maps"
	"sync"
	"testing"

	"github.com/gogf/gf/v2/os/gmetric"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
)

// exporter is a provider of metrics that keeps how the gauge is read.
type exporter struct {
	gmetric.Provider
	read gmetric.MetricCallback
}

func (e *exporter) MeterPerformer(gmetric.MeterOption) gmetric.MeterPerformer {
	return performer{exporter: e}
}

type performer struct {
	gmetric.MeterPerformer
	exporter *exporter
}

func (p performer) ObservableGaugePerformer(_ string, option gmetric.MetricOption) (gmetric.ObservableGaugePerformer, error) {
	p.exporter.read = option.Callback
	return struct{ gmetric.ObservableMetric }{}, nil
}

// sessionsGauge has the gauge set up as an exporter does, which can be done once.
var sessionsGauge = sync.OnceValues(func() (gmetric.MetricCallback, error) {
	e := &exporter{}
	for _, metric := range gmetric.GetAllMetrics() {
		if metric.Info().Name() != "gfws.sessions" {
			continue
		}
		if err := metric.(gmetric.MetricInitializer).Init(e); err != nil {
			return nil, err
		}
	}
	return e.read, nil
})

// observed are the values of a reading by instance.
type observed map[string]float64

func (o observed) Observe(value float64, option ...gmetric.Option) {
	for _, attribute := range option[0].Attributes {
		if attribute.Key() == "instance" {
			o[attribute.Value().(string)] += value
		}
	}
}

// TestSessionsGauge holds that an exporter reads what is open, and of an instance
// that was removed nothing.
func TestSessionsGauge(t *testing.T) {
	read, err := sessionsGauge()
	if err != nil || read == nil {
		t.Fatalf("there is no gauge: %v", err)
	}
	expect := func(want observed) {
		t.Helper()
		waitFor(t, "the figures", func() bool {
			got := observed{}
			if err := read(context.Background(), got); err != nil {
				t.Fatal(err)
			}
			return maps.Equal(got, want)
		})
	}
	chat := gfws.New(gfws.Name("chat"))
	h := startHost(t, gfws.New(), chat)
	expect(observed{"default": 0, "chat": 0})
	p := h.dial("/chat")
	h.dial("/ws")
	h.dial("/ws")
	expect(observed{"default": 2, "chat": 1})
	p.closeWith(websocket.CloseNormalClosure, "")
	expect(observed{"default": 2, "chat": 0})
	if err := chat.Remove(); err != nil {
		t.Fatal(err)
	}
	expect(observed{"default": 2})
}
