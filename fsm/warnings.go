package fsm

import (
	"fmt"
	"maps"
	"slices"
)

// inspect finds what a machine may well be without, in declaration order.
func (m *Machine) inspect() []Finding {
	w := &inspection{m: m, stuck: map[State]bool{}}
	w.lookAlikes()
	if len(m.transitions) > 0 {
		w.guardedOnly()
		w.deadEnds()
		w.traps()
		w.unreachable()
		w.misspellings()
	}
	return w.found
}

type inspection struct {
	m     *Machine
	stuck map[State]bool // dead ends
	found []Finding
}

// warn adds a finding about a state, at the first transition that names it.
func (w *inspection) warn(code string, s State, why, fix string) {
	f := Finding{Code: code, Severity: SeverityWarning, State: s, At: w.m.declaredAt(s), Why: why, Fix: fix}
	w.found = append(w.found, f)
}

func (m *Machine) declaredAt(s State) string {
	for _, t := range m.transitions {
		if t.From == s || t.To == s {
			return t.at
		}
	}
	return m.at
}

func (w *inspection) lookAlikes() {
	seen := map[string]State{}
	for _, s := range w.m.states {
		if twin, ok := seen[fold(s)]; ok {
			w.warn("FSM002", s, fmt.Sprintf("states %q and %q differ by case, blanks or hyphens only", twin, s), "use one name")
			continue
		}
		seen[fold(s)] = s
	}
}

func (w *inspection) guardedOnly() {
	for _, s := range w.m.states {
		exits := w.m.exits(s)
		open := func(i int) bool { return w.m.transitions[i].Guard == nil }
		if len(exits) > 0 && !slices.ContainsFunc(exits, open) {
			w.warn("FSM006", s, fmt.Sprintf("every transition out of %q is guarded", s), "add one without a guard, for when all refuse")
		}
	}
}

func (w *inspection) deadEnds() {
	for _, s := range w.m.states {
		leaves := func(to State) bool { return to != s }
		if !w.m.ends[s] && !slices.ContainsFunc(w.m.targets(s), leaves) {
			w.stuck[s] = true
			w.warn("FSM011", s, fmt.Sprintf("no transition leaves %q", s), "add one, or declare it with End")
		}
	}
}

// traps finds rings that a conversation cannot leave, although they hold
// neither an end nor the initial state.
func (w *inspection) traps() {
	sources := w.m.sources()
	before := func(s State) []State { return sources[s] }
	good := append(slices.Collect(maps.Keys(w.stuck)), w.m.initial)
	good = append(good, w.m.Ends()...)
	home := closure(good, before)
	for _, s := range w.m.states {
		if home[s] {
			continue
		}
		reach := closure(w.m.targets(s), w.m.targets)
		back := closure(sources[s], before)
		var ring []State
		for _, t := range w.m.states {
			if reach[t] && back[t] {
				ring = append(ring, t)
				home[t] = true // reported with this one
			}
		}
		if len(ring) > 0 && len(reach) == len(ring) {
			w.warn("FSM012", s, fmt.Sprintf("a conversation that comes to %q never gets out of %q", s, ring),
				"add a transition to an end or to the initial state")
		}
	}
}

// unreachable finds states that no conversation comes to. Rooms that hold a
// name of an earlier release may begin anywhere that leads.
func (w *inspection) unreachable() {
	starts := append(slices.Collect(maps.Values(w.m.renamed)), w.m.initial)
	reach := closure(starts, w.m.targets)
	for _, s := range w.m.states {
		if !reach[s] {
			w.warn("FSM010", s, fmt.Sprintf("no conversation comes to %q", s), "add a transition to it, or remove it")
		}
	}
}

// misspellings finds states that only ever appear on one side of the arrows
// and whose names are one mistake away from one that is on the other side: with
// a transition from Any such a state is neither dead end nor unreachable, and
// still nobody meant it.
func (w *inspection) misspellings() {
	entered, left := map[State]bool{w.m.initial: true}, maps.Clone(w.m.ends)
	for _, t := range w.m.transitions {
		entered[t.To], left[t.From] = true, true
	}
	reported := map[State]bool{}
	for _, s := range w.m.states {
		lacks := left // what s is not, and its right spelling is
		switch {
		case entered[s] && left[s]:
			continue
		case left[s]:
			lacks = entered
		}
		for _, t := range w.m.states {
			if lacks[t] && !reported[t] && slip(s, t) {
				reported[s] = true
				w.warn("FSM024", s, fmt.Sprintf("%q is named on one side of the transitions only and looks like %q", s, t),
					fmt.Sprintf("did you mean %q?", t))
				break
			}
		}
	}
}
