package fsm

import (
	"context"
	"fmt"

	looplab "github.com/looplab/fsm"
)

// FSM returns a looplab machine in the given state with the machine's
// transitions and callbacks, Any spelled out. It is a fresh one and belongs to
// the caller, who may simulate a conversation with it. Guards are not part of
// it: looplab knows none.
func (m *Machine) FSM(at State) *looplab.FSM {
	callbacks := looplab.Callbacks{}
	for _, h := range m.hooks {
		callbacks[h.key] = h.run
	}
	return looplab.NewFSM(string(at), m.events(m.states), callbacks)
}

// events spells the machine for looplab, with Any standing for the given
// states. Of two events with one name and source looplab keeps the later, so
// that a state's own transitions replace those from Any without a look at the
// tables: the comparison is with something else than a copy of them.
func (m *Machine) events(states []State) looplab.Events {
	all := make([]string, len(states))
	for i, s := range states {
		all[i] = string(s)
	}
	var fromAny, own looplab.Events
	for _, t := range m.transitions {
		if t.From == Any {
			fromAny = append(fromAny, looplab.EventDesc{Name: t.Name, Src: all, Dst: string(t.To)})
		} else {
			own = append(own, looplab.EventDesc{Name: t.Name, Src: []string{string(t.From)}, Dst: string(t.To)})
		}
	}
	return append(fromAny, own...)
}

// maxRefusals bounds how many refused pairs of state and name New tries.
const maxRefusals = 10_000

// compareWithLooplab runs the machine on a private looplab machine: every
// transition of every state must lead where the table says, and names that a
// state has no transition for must be refused. Of the latter a sample, spread
// evenly, is tried when there are more than 10 000.
func (m *Machine) compareWithLooplab() []Finding {
	ref := looplab.NewFSM(string(m.initial), m.events(m.states), nil)
	names := m.transitionNames()
	stride := len(names)*len(m.states)/maxRefusals + 1
	var faults []Finding
	for n, s := range m.states {
		has := map[string]bool{}
		for _, i := range m.exits(s) {
			t := m.transitions[i]
			has[t.Name] = true
			if !runs(ref, s, t) || m.cells[edge{s, t.To}] == nil {
				faults = append(faults, m.disagreement(s, t.Name, t.at))
			}
		}
		ref.SetState(string(s))
		for i := n % stride; i < len(names); i += stride {
			if !has[names[i]] && ref.Can(names[i]) {
				faults = append(faults, m.disagreement(s, names[i], m.at))
			}
		}
	}
	return faults
}

// runs reports whether looplab takes the transition to the same state.
func runs(ref *looplab.FSM, s State, t Transition) bool {
	ref.SetState(string(s))
	err := ref.Event(context.Background(), t.Name)
	if _, stayed := err.(looplab.NoTransitionError); stayed {
		err = nil
	}
	return err == nil && ref.Is(string(t.To))
}

func (m *Machine) disagreement(s State, name, at string) Finding {
	return Finding{Code: "FSM025", Severity: SeverityError, State: s, Transition: name, At: at,
		Why: fmt.Sprintf("looplab/fsm disagrees about transition %q in state %q", name, s),
		Fix: "report it: this is a fault of the package, not of the machine"}
}

func (m *Machine) transitionNames() []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range m.transitions {
		if !seen[t.Name] {
			seen[t.Name] = true
			out = append(out, t.Name)
		}
	}
	return out
}
