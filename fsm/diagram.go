package fsm

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"unicode"
)

// Diagram draws a machine: states as boxes, one arrow for all transitions
// between the same two states, one pseudo state for Any. The text is the same
// for the same machine, states and transitions in the order of declaration. All
// fields but Machine may be left out.
type Diagram struct {
	Machine *Machine
	Notes   map[State]string // a few words beside a state, such as what the bot asks there
	Current State            // drawn as the one the room is in

	// StateColor and TransitionColor colour the drawing, say by what a test has
	// covered. Nil leaves all plain. Mermaid cannot colour arrows: there the
	// names of green transitions have a check mark and those of red ones a cross.
	StateColor      func(State) Color
	TransitionColor func(Transition) Color
}

// Color is how a [Diagram] draws a state or a transition.
type Color int

// The colours of a [Diagram].
const (
	Plain Color = iota
	Green
	Red
)

func (d Diagram) machine() *Machine {
	if d.Machine == nil {
		return &Machine{}
	}
	return d.Machine
}

// Mermaid draws the machine as [Diagram.Mermaid] does, with nothing added.
func (m *Machine) Mermaid() string { return Diagram{Machine: m}.Mermaid() }

// Graphviz draws the machine as [Diagram.Graphviz] does, with nothing added.
func (m *Machine) Graphviz() string { return Diagram{Machine: m}.Graphviz() }

// maxLeftToRight is how many states fit side by side on a page as wide as
// GitHub's.
const maxLeftToRight = 12

// anyID is the pseudo state that transitions from Any leave from. No state has
// it, because theirs begin with s.
const anyID = "any_state"

// picture is what both formats draw.
type picture struct {
	nodes     []node
	arrows    []arrow
	any       bool
	leftRight bool
}

type node struct {
	id, label, note string
	color           Color
	current         bool
	start, end      bool
}

type arrow struct {
	from, to string // ids
	labels   []label
}

type label struct {
	text  string
	color Color
}

// picture lays out the diagram. With short ids a large machine takes less text,
// but a new state renames those behind it.
func (d Diagram) picture(shortIDs bool) picture {
	m := d.machine()
	p := picture{leftRight: len(m.states) <= maxLeftToRight, any: len(m.leave[Any]) > 0}
	ids := map[State]string{Any: anyID}
	taken := map[string]bool{}
	for i, s := range m.states {
		ids[s] = fmt.Sprintf("s%d", i+1)
		if !shortIDs {
			ids[s] = readableID(s, taken)
		}
		n := node{id: ids[s], label: string(s), note: shorten(d.Notes[s]),
			current: s == d.Current, start: s == m.initial, end: m.ends[s]}
		if d.StateColor != nil {
			n.color = d.StateColor(s)
		}
		p.nodes = append(p.nodes, n)
	}
	p.arrows = d.arrows(ids)
	return p
}

// arrows merges the transitions between the same two states.
func (d Diagram) arrows(ids map[State]string) []arrow {
	var out []arrow
	place := map[edge]int{}
	for _, t := range d.machine().transitions {
		i, ok := place[edge{t.From, t.To}]
		if !ok {
			i = len(out)
			place[edge{t.From, t.To}] = i
			out = append(out, arrow{from: ids[t.From], to: ids[t.To]})
		}
		l := label{text: t.Name}
		if t.Guard != nil {
			l.text += " [" + guardName(t.Guard) + "]"
		}
		if d.TransitionColor != nil {
			l.color = d.TransitionColor(t)
		}
		out[i].labels = append(out[i].labels, l)
	}
	return out
}

// readableID makes an id of ASCII letters, digits and underscores, which no
// format takes for a keyword because of how it begins.
func readableID(s State, taken map[string]bool) string {
	words := strings.FieldsFunc(string(s), func(r rune) bool {
		return r >= unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	base := "s_" + strings.Join(words, "_")
	id := base
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("%s_%d", base, n)
	}
	taken[id] = true
	return id
}

// maxNote is how much of a note is drawn, in characters.
const maxNote = 60

// shorten brings a note onto one short line.
func shorten(note string) string {
	text := []rune(strings.Join(strings.Fields(note), " "))
	if len(text) > maxNote {
		return string(text[:maxNote-1]) + "…"
	}
	return string(text)
}

// guardName returns the name of a guard's function, or "guarded" for a function
// literal.
func guardName(g Guard) string {
	f := runtime.FuncForPC(reflect.ValueOf(g).Pointer())
	if f == nil {
		return "guarded"
	}
	parts := strings.Split(strings.TrimSuffix(f.Name(), "-fm"), ".")
	literal := func(part string) bool {
		return strings.HasPrefix(part, "func") && strings.TrimLeft(part[4:], "0123456789") == ""
	}
	if slices.ContainsFunc(parts, literal) {
		return "guarded"
	}
	return parts[len(parts)-1]
}
