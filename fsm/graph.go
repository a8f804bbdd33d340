package fsm

import (
	"slices"
	"strings"
)

// Path is a conversation as the moves it takes, each beginning where the last
// one ended. Of a move only Name, From and To are set.
type Path []Move

// String returns the path in the form "idle --order--> size --sized--> confirm".
func (p Path) String() string {
	var b strings.Builder
	for i, mv := range p {
		if i == 0 {
			b.WriteString(string(mv.From))
		}
		b.WriteString(" --" + mv.Name + "--> " + string(mv.To))
	}
	return b.String()
}

// Path returns the shortest conversation from one state to another that passes
// none of the states to avoid, or nil when there is none. It makes at least one
// move, also from a state to itself. Guards count as open; of equally short
// ones it is that of the transitions declared first.
func (m *Machine) Path(from, to State, avoid ...State) Path {
	return trace(m.search(from, to, avoid), from, to)
}

// trace goes back from a state to where a search began.
func trace(first map[State]Move, from, to State) Path {
	var out Path
	for at := to; first[at].To != ""; {
		mv := first[at]
		out = append(out, mv)
		if at = mv.From; at == from {
			slices.Reverse(out)
			return out
		}
	}
	return nil
}

// search walks breadth-first from a state until it finds to, or everything when
// to is empty, and returns the move by which it first came to each state.
func (m *Machine) search(from, to State, avoid []State) map[State]Move {
	first := map[State]Move{}
	for line := []State{from}; len(line) > 0; line = line[1:] {
		for _, i := range m.exits(line[0]) {
			t := m.transitions[i]
			if first[t.To].To != "" || slices.Contains(avoid, t.To) {
				continue
			}
			first[t.To] = Move{Name: t.Name, From: line[0], To: t.To}
			if t.To == to {
				return first
			}
			line = append(line, t.To)
		}
	}
	return first
}

// closure returns the states that can be reached from the given ones, by next,
// and those themselves.
func closure(from []State, next func(State) []State) map[State]bool {
	seen := map[State]bool{}
	for open := slices.Clone(from); len(open) > 0; {
		s := open[len(open)-1]
		open = open[:len(open)-1]
		if !seen[s] {
			seen[s] = true
			open = append(open, next(s)...)
		}
	}
	return seen
}

// sources returns, for each state, those that a transition leads from to it.
func (m *Machine) sources() map[State][]State {
	out := map[State][]State{}
	for _, s := range m.states {
		for _, to := range m.targets(s) {
			out[to] = append(out[to], s)
		}
	}
	return out
}
