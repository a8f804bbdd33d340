package fsm

import (
	"maps"
	"slices"
)

// compile checks the definition and turns it into a machine.
func (d *definition) compile() (*Machine, error) {
	d.collectStates()
	d.checkNames()
	d.checkStates()
	d.checkTransitions()
	d.checkAliases()
	d.checkAllowances()
	hooks := d.checkCallbacks()
	if len(d.faults) > 0 {
		return nil, &Error{sortFindings(d.faults)}
	}
	m := &Machine{
		initial: d.initial, states: d.states, transitions: d.transitions,
		renamed: d.renamed, allowed: d.allowed, hooks: hooks, at: d.at,
	}
	m.index(d)
	if faults := m.compareWithLooplab(); len(faults) > 0 {
		return nil, &Error{sortFindings(faults)}
	}
	m.flagHooks()
	m.warnings = m.inspect()
	return m, nil
}

// collectStates lists the states as the declarations name them, the initial one
// first.
func (d *definition) collectStates() {
	d.known = map[State]bool{}
	d.addState(d.initial)
	if d.closed {
		for _, l := range d.listed {
			d.addState(l.state)
		}
		return
	}
	for _, t := range d.transitions {
		d.addState(t.From)
		d.addState(t.To)
	}
}

func (d *definition) addState(s State) {
	if s != Any && s != "" && !d.known[s] {
		d.known[s] = true
		d.states = append(d.states, s)
	}
}

// index builds the tables that Resolve, Move and From look into.
func (m *Machine) index(d *definition) {
	m.spread()
	m.cells = make(map[edge][]int, len(m.transitions))
	for s, exits := range m.leave {
		for _, i := range exits {
			to := edge{s, m.transitions[i].To}
			m.cells[to] = append(m.cells[to], i)
		}
	}
	m.names = map[State]State{"": m.initial}
	for _, s := range m.states {
		m.names[s] = s
	}
	maps.Copy(m.names, d.renamed)
	m.ends = map[State]bool{}
	for _, e := range d.ends {
		m.ends[e.state] = true
	}
}

// spread lists the transitions of each state: its own, then those from Any
// whose names it does not use itself.
func (m *Machine) spread() {
	m.leave = make(map[State][]int, len(m.states)+1)
	for i, t := range m.transitions {
		m.leave[t.From] = append(m.leave[t.From], i)
	}
	for _, s := range m.states {
		own := m.leave[s]
		m.leave[s] = own
		for _, i := range m.leave[Any] {
			sameName := func(j int) bool { return m.transitions[j].Name == m.transitions[i].Name }
			if !slices.ContainsFunc(own, sameName) {
				m.leave[s] = append(m.leave[s], i)
			}
		}
	}
}
