package fsm

import "slices"

// Faulty compares looplab with a table that a fault of the compiler has spoilt:
// the i-th transition leads elsewhere, or a state does not have it at all.
func (m *Machine) Faulty(i int) (elsewhere, lost []Finding) {
	wrong := &Machine{initial: m.initial, states: m.states, transitions: m.transitions, leave: m.leave, cells: map[edge][]int{}}
	for e, ts := range m.cells {
		if ts[0] == i {
			e.to = "elsewhere"
		}
		wrong.cells[e] = ts
	}
	elsewhere = wrong.compareWithLooplab()
	wrong.cells, wrong.leave = m.cells, map[State][]int{}
	for s, ts := range m.leave {
		wrong.leave[s] = slices.DeleteFunc(slices.Clone(ts), func(j int) bool { return i == j })
	}
	return elsewhere, wrong.compareWithLooplab()
}

// Unchecked compares looplab with a machine whose declarations are not checked.
func Unchecked(initial State, ts ...Transition) []Finding {
	d := &definition{initial: initial, transitions: ts}
	d.collectStates()
	m := &Machine{initial: initial, states: d.states, transitions: ts}
	m.index(d)
	return m.compareWithLooplab()
}
