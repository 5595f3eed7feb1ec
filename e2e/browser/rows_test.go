package browser_test

import (
	"slices"
	"strings"
)

// row is one row of the log as the page shows it.
type row struct {
	Kind string // sent, echo, received or event
	Time string
	Body string
	Meta string // type, size and round trip, with plain spaces
}

const rowsExpression = `[...document.querySelectorAll('.workspace:not([hidden]) .row:not([hidden])')].map((row) => ({
	Kind: row.dataset.kind,
	Time: row.querySelector('.row-time').textContent,
	Body: row.querySelector('.row-body').textContent,
	Meta: row.querySelector('.row-meta')?.textContent ?? '',
}))`

func (p *tab) rows() []row {
	p.Helper()
	rows := evaluate[[]row](p, rowsExpression)
	for i := range rows {
		rows[i].Meta = plain(rows[i].Meta)
	}
	return rows
}

func (p *tab) rowsOf(kind string) []row {
	p.Helper()
	return slices.DeleteFunc(p.rows(), func(r row) bool { return r.Kind != kind })
}

// awaitEchoes waits until count echoes are in the log, and returns them.
func (p *tab) awaitEchoes(count int) []row {
	p.Helper()
	var echoes []row
	p.await("echo", func() bool {
		echoes = p.rowsOf("echo")
		return len(echoes) >= count
	})
	if len(echoes) != count {
		p.Fatalf("%d echoes, want %d: %+v", len(echoes), count, echoes)
	}
	return echoes
}

// awaitEvent waits until an event with part in its text is in the log.
func (p *tab) awaitEvent(part string) {
	p.Helper()
	p.await("event with "+part, func() bool {
		return slices.ContainsFunc(p.rowsOf("event"), func(r row) bool { return strings.Contains(r.Body, part) })
	})
}
