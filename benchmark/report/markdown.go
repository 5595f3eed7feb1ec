package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Markdown writes the report. Plots are expected in the folder plots beside it.
func (r Report) Markdown(w io.Writer) error {
	var text strings.Builder
	r.head(&text)
	text.WriteString("\n## What gfws must reach\n\n")
	r.goalsTable(&text)
	for _, t := range r.Tables {
		fmt.Fprintf(&text, "\n## %s\n\n", t.Title)
		if t.Note != "" {
			fmt.Fprintf(&text, "%s\n\n", t.Note)
		}
		text.WriteString(t.markdown())
		fmt.Fprintf(&text, "\n![%s](plots/%s.svg)\n", t.Title, t.Key)
	}
	_, err := io.WriteString(w, text.String())
	return err
}

func (r Report) head(text *strings.Builder) {
	pinned := "Server and load generator were not pinned: there was one core."
	if r.Pinned {
		pinned = "The server was pinned to one core, the busy-polling load generator to another."
	}
	fmt.Fprintf(text, `# Results of the benchmark

Written by `+"`make bench`"+` on %s, in %s. Do not edit.

%s, %d cores, %s, %s.
%s Every echo was checked for content and order. Medians of %d rounds of %s, all servers in turn;
CPU is the server's user and system time. Differences under 10 %% are noise.

| server | version |
|---|---|
`, r.Date.UTC().Format("2006-01-02 15:04 MST"), r.Took.Round(time.Second),
		r.Machine.CPU, r.Machine.Cores, r.Machine.Memory, r.Machine.Kernel, pinned, r.Rounds, r.Duration)
	servers := make([]string, 0, len(r.Versions))
	for server := range r.Versions {
		servers = append(servers, server)
	}
	slices.Sort(servers)
	for _, server := range servers {
		fmt.Fprintf(text, "| %s | %s |\n", server, r.Versions[server])
	}
}

func (r Report) goalsTable(text *strings.Builder) {
	text.WriteString("| work | figure | at most | measured | single rounds | reached |\n|---|---|---|---|---|---|\n")
	for _, t := range targets() {
		most := number(t.most, t.digits)
		o, ok := t.outcome(r)
		if !ok {
			fmt.Fprintf(text, "| %s | %s | %s | – | – | not measured |\n", t.work, t.figure, most)
			continue
		}
		fmt.Fprintf(text, "| %s | %s | %s | %s | %s to %s | %s |\n", t.work, t.figure, most,
			number(o.value, t.digits), number(o.low, t.digits), number(o.top, t.digits), yesNo(o.reached))
	}
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "**no**"
}

func (t Table) markdown() string {
	var text strings.Builder
	columns := t.Measure.columns()
	text.WriteString("| server |")
	for _, c := range columns {
		fmt.Fprintf(&text, " %s |", c.title)
	}
	text.WriteString("\n|---|" + strings.Repeat("---:|", len(columns)) + "\n")
	for _, row := range t.sorted() {
		fmt.Fprintf(&text, "| %s |", row.Label)
		for _, c := range columns {
			fmt.Fprintf(&text, " %s |", c.cell(row))
		}
		text.WriteString("\n")
	}
	return text.String()
}
