package fsm

// Misdirect compares looplab with a table in which the i-th transition leads
// elsewhere, as a fault of the compiler would have it.
func (m *Machine) Misdirect(i int, to State) []Finding {
	wrong := &Machine{initial: m.initial, states: m.states, transitions: m.transitions, leave: m.leave, cells: map[edge][]int{}}
	for e, ts := range m.cells {
		if ts[0] == i {
			e.to = to
		}
		wrong.cells[e] = ts
	}
	return wrong.compareWithLooplab()
}
