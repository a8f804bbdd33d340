package fsm

import (
	"fmt"
	"strings"
)

// Graphviz returns the diagram in the language of Graphviz' dot, for drawings
// that no page width limits: dot -Tsvg. Ends have a double border.
func (d Diagram) Graphviz() string {
	p := d.picture(false)
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, "\t"+format+"\n", args...) }
	b.WriteString("digraph machine {\n")
	if p.leftRight {
		line("rankdir=LR;")
	}
	line("node [shape=box, style=rounded];")
	line("start [shape=point, width=0.2];")
	if p.any {
		line(`%s [label="any state", style="rounded,dashed"];`, anyID)
	}
	for _, n := range p.nodes {
		line("%s [label=%s%s];", n.id, quoteDot(n.label), dotNode(n))
	}
	for _, n := range p.nodes {
		if n.start {
			line("start -> %s;", n.id)
		}
	}
	for _, a := range p.arrows {
		line("%s -> %s [%s];", a.from, a.to, dotArrow(a))
	}
	for _, n := range p.nodes {
		if n.note != "" {
			line("note_%s [shape=note, style=filled, fillcolor=lightyellow, label=%s];", n.id, quoteDot(n.note))
			line("note_%s -> %s [style=dotted, arrowhead=none];", n.id, n.id)
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func dotNode(n node) string {
	var b strings.Builder
	if n.end {
		b.WriteString(", peripheries=2")
	}
	if n.current {
		b.WriteString(`, penwidth=3, style="rounded,filled", fillcolor=lightgoldenrod1`)
	} else if name := dotColor(n.color); name != "" {
		fmt.Fprintf(&b, ", color=%s, fontcolor=%s", name, name)
	}
	return b.String()
}

// dotArrow colours an arrow by the worst of its transitions.
func dotArrow(a arrow) string {
	var names []string
	worst := Plain
	for _, l := range a.labels {
		names = append(names, l.text)
		worst = max(worst, l.color)
	}
	out := "label=" + quoteDot(strings.Join(names, "\n"))
	if name := dotColor(worst); name != "" {
		out += fmt.Sprintf(", color=%s, fontcolor=%s", name, name)
	}
	return out
}

func dotColor(c Color) string {
	return map[Color]string{Green: "darkgreen", Red: "red"}[c]
}

// quoteDot quotes text so that dot shows it as it is.
func quoteDot(s string) string {
	return `"` + strings.NewReplacer("&", "&amp;", `\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
