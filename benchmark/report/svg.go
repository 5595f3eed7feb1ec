package report

import (
	"fmt"
	"html"
	"strings"
)

const (
	panelWidth  = 360
	labelWidth  = 130
	valueWidth  = 70
	barWidth    = panelWidth - labelWidth - valueWidth
	barHeight   = 16
	rowHeight   = 22
	panelTop    = 64
	margin      = 16
	ownColour   = "#0b7285"
	otherColour = "#adb5bd"
	own         = "gfws"
)

// SVG returns the table as bars, a panel for each column and the rows in the
// same order in all.
func (t Table) SVG() string {
	columns, rows := t.Measure.columns(), t.sorted()
	width := len(columns)*panelWidth + 2*margin
	height := panelTop + len(rows)*rowHeight + margin
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#212529">
<title>%s</title>
<rect width="100%%" height="100%%" fill="#ffffff"/>
<text x="%d" y="24" font-size="15" font-weight="600">%s</text>
`, width, height, width, height, html.EscapeString(t.Title), margin, html.EscapeString(t.Title))
	for i, c := range columns {
		svg.WriteString(c.panel(rows, margin+i*panelWidth))
	}
	svg.WriteString("</svg>\n")
	return svg.String()
}

func (c column) panel(rows []Row, left int) string {
	var svg strings.Builder
	fmt.Fprintf(&svg, "<text x=\"%d\" y=\"48\" font-weight=\"600\">%s</text>\n", left, html.EscapeString(c.title))
	most := 0.0
	for _, row := range rows {
		value, _ := median(row.Samples, c.figure)
		most = max(most, value)
	}
	for i, row := range rows {
		svg.WriteString(c.bar(row, left, panelTop+i*rowHeight, most))
	}
	return svg.String()
}

func (c column) bar(row Row, left, top int, most float64) string {
	length := 0.0
	if value, stuck := median(row.Samples, c.figure); !stuck && most > 0 {
		length = barWidth * value / most
	}
	colour := otherColour
	if row.Server == own {
		colour = ownColour
	}
	baseline := top + barHeight - 4
	return fmt.Sprintf(`<text x="%d" y="%d">%s</text><rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/><text x="%.1f" y="%d">%s</text>
`, left, baseline, html.EscapeString(row.Label),
		left+labelWidth, top, length, barHeight, colour,
		float64(left+labelWidth)+length+6, baseline, c.cell(row))
}
