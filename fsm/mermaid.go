package fsm

import (
	"fmt"
	"strings"
)

// maxMermaid is the longest text written, in bytes. Mermaid refuses texts of
// more than 50 000 characters, and a document cannot raise that.
const maxMermaid = 48_000

// Mermaid returns the diagram as a Mermaid stateDiagram-v2, which GitHub and
// GitLab draw in a fence of that name. When the text would be longer than what
// Mermaid reads, notes are left out, then ids are shortened, and after that
// states are drawn as groups, by the part of their names before the first of
// the characters _-:./ and blank.
func (d Diagram) Mermaid() string {
	for _, draw := range []func() string{
		func() string { return mermaid(d.picture(false)) },
		func() string { return mermaid(d.withoutNotes().picture(true)) },
		func() string { return mermaid(d.overview()) },
	} {
		if text := draw(); len(text) <= maxMermaid {
			return text
		}
	}
	return mermaid(picture{nodes: []node{{id: "s1", start: true,
		label: fmt.Sprintf("%d states: too many to draw", len(d.machine().states))}}})
}

func (d Diagram) withoutNotes() Diagram {
	d.Notes = nil
	return d
}

func mermaid(p picture) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, "    "+format+"\n", args...) }
	b.WriteString("stateDiagram-v2\n")
	if p.leftRight {
		line("direction LR")
	}
	for _, n := range p.nodes {
		line(`state "%s" as %s`, escapeMermaid(n.label), n.id)
	}
	if p.any {
		line(`state "any state" as %s`, anyID)
	}
	for _, n := range p.nodes {
		if n.start {
			line("[*] --> %s", n.id)
		}
	}
	for _, a := range p.arrows {
		line("%s --> %s%s", a.from, a.to, mermaidLabels(a.labels))
	}
	for _, n := range p.nodes {
		if n.end {
			line("%s --> [*]", n.id)
		}
		if n.note != "" {
			line("note right of %s: %s", n.id, escapeMermaid(n.note))
		}
	}
	mermaidClasses(p, line)
	return b.String()
}

func mermaidLabels(labels []label) string {
	var out []string
	for _, l := range labels {
		mark := map[Color]string{Green: "✓ ", Red: "✗ "}[l.color]
		out = append(out, mark+escapeMermaid(l.text))
	}
	if len(out) == 0 {
		return ""
	}
	return ": " + strings.Join(out, ", ")
}

// mermaidClasses writes the styles that are used and who has them.
func mermaidClasses(p picture, line func(string, ...any)) {
	members := map[string][]string{}
	for _, n := range p.nodes {
		switch {
		case n.current:
			members["current"] = append(members["current"], n.id)
		case n.color == Green:
			members["green"] = append(members["green"], n.id)
		case n.color == Red:
			members["red"] = append(members["red"], n.id)
		}
	}
	if p.any {
		members["any"] = []string{anyID}
	}
	for _, class := range []struct{ name, style string }{
		{"current", "fill:#fff3c4,stroke:#b7791f,stroke-width:3px,color:#000"},
		{"green", "fill:#d6f5d6,stroke:#2e7d32,color:#000"},
		{"red", "fill:#fbdcdc,stroke:#c62828,color:#000"},
		{"any", "stroke-dasharray:4"},
	} {
		if ids := members[class.name]; len(ids) > 0 {
			line("classDef %s %s", class.name, class.style)
			line("class %s %s", strings.Join(ids, ","), class.name)
		}
	}
}

// escapeMermaid writes the characters that mean something to Mermaid, or to the
// HTML it makes, as entities.
func escapeMermaid(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("#:;\"<>&%{}`\\*_~", r):
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// overview draws groups of states instead of states.
func (d Diagram) overview() picture {
	m := d.machine()
	p := picture{any: len(m.leave[Any]) > 0}
	ids, group := map[State]string{Any: anyID}, map[string]int{}
	var sizes []int
	for _, s := range m.states {
		name := groupOf(s)
		i, ok := group[name]
		if !ok {
			i = len(p.nodes)
			group[name] = i
			sizes = append(sizes, 0)
			p.nodes = append(p.nodes, node{id: fmt.Sprintf("s%d", i+1), label: name})
		}
		sizes[i]++
		ids[s] = p.nodes[i].id
		p.nodes[i].start = p.nodes[i].start || s == m.initial
		p.nodes[i].end = p.nodes[i].end || m.ends[s]
		p.nodes[i].current = p.nodes[i].current || s == d.Current
	}
	for i := range p.nodes {
		p.nodes[i].label += fmt.Sprintf(" (%d states)", sizes[i])
	}
	drawn := map[[2]string]bool{}
	for _, a := range d.arrows(ids) {
		if ends := [2]string{a.from, a.to}; a.from != a.to && !drawn[ends] {
			drawn[ends] = true
			p.arrows = append(p.arrows, arrow{from: a.from, to: a.to})
		}
	}
	return p
}

func groupOf(s State) string {
	name, _, _ := strings.Cut(strings.Map(func(r rune) rune {
		if strings.ContainsRune("-:./ ", r) {
			return '_'
		}
		return r
	}, string(s)), "_")
	return name
}
