package fsm

import (
	"context"

	looplab "github.com/looplab/fsm"
)

// FSM returns a looplab machine in the given state with the machine's
// transitions and callbacks, Any spelled out. It is a fresh one and belongs to
// the caller, who may simulate a conversation with it. Guards are not part of
// it: looplab knows none.
func (m *Machine) FSM(at State) *looplab.FSM {
	return looplab.NewFSM(string(at), m.events(), m.hooks)
}

// events spells the machine for looplab: one event for each transition of each
// state.
func (m *Machine) events() looplab.Events {
	if m.looplab != nil {
		return m.looplab
	}
	for _, s := range m.states {
		for _, i := range m.exits(s) {
			t := m.transitions[i]
			m.looplab = append(m.looplab, looplab.EventDesc{Name: t.Name, Src: []string{string(s)}, Dst: string(t.To)})
		}
	}
	return m.looplab
}

func (m *Machine) compareWithLooplab() []Finding { return nil }
func (m *Machine) hook()                         {}

func (m *Machine) callBack(ctx context.Context, mv Move) error { return nil }
