package fsm

import (
	"context"
	"errors"
)

// Move decides whether a room in one state may go to the other and returns the
// transition it takes. Without one the error is an [*UndeclaredError]; when
// guards or callbacks forbid it, a [*RefusedError].
//
// Of several transitions between the two states the first is taken whose guard
// allows it: the state's own before those from Any, each in the order of their
// declaration. Staying is always allowed, unless a transition from the state to
// itself is declared and refuses; without one the returned Transition has no
// name. After the guard the callbacks of the transition run, if there are any.
//
// Move stores nothing: the chat server keeps the state, and it changes when the
// bot's answer arrives there.
func (m *Machine) Move(ctx context.Context, from, to State, event any) (Transition, error) {
	candidates := m.cells[edge{from, to}]
	if candidates == nil {
		return m.moveUnlisted(ctx, from, to, event)
	}
	return m.take(ctx, candidates, Move{From: from, To: to, Event: event})
}

// moveUnlisted decides what the table does not hold: staying, rooms in a state
// that is not declared or has another name now, and moves that are not allowed.
func (m *Machine) moveUnlisted(ctx context.Context, from, to State, event any) (Transition, error) {
	if s, declared := m.Resolve(string(from)); s != from {
		return m.Move(ctx, s, to, event)
	} else if candidates := m.cells[edge{Any, to}]; !declared && candidates != nil {
		return m.take(ctx, candidates, Move{From: from, To: to, Event: event})
	}
	if from == to {
		return Transition{From: from, To: to}, nil
	}
	return Transition{}, &UndeclaredError{From: from, To: to, Targets: m.targets(from)}
}

// take asks the guards of the candidates in order.
func (m *Machine) take(ctx context.Context, candidates []int, mv Move) (Transition, error) {
	var refusals []error
	for _, i := range candidates {
		t := &m.transitions[i]
		mv.Name = t.Name
		if t.Guard != nil {
			if err := t.Guard(ctx, mv); err != nil {
				refusals = append(refusals, err)
				continue
			}
		}
		if m.hooked != nil && (m.hooked[i] || m.leaving[mv.From]) {
			if err := m.callBack(ctx, mv); err != nil {
				return Transition{}, &RefusedError{mv, err}
			}
		}
		return *t, nil
	}
	if len(refusals) == 1 {
		return Transition{}, &RefusedError{mv, refusals[0]}
	}
	return Transition{}, &RefusedError{mv, errors.Join(refusals...)}
}

// Can reports whether a transition from one state to the other is declared, or
// they are the same. Guards and callbacks are not asked.
func (m *Machine) Can(from, to State) bool {
	if m.cells[edge{from, to}] != nil || from == to {
		return true
	}
	s, declared := m.Resolve(string(from))
	if !declared {
		s = Any
	}
	return s == to || m.cells[edge{s, to}] != nil
}

// targets returns where the transitions of a state lead, each state once.
func (m *Machine) targets(from State) []State {
	if _, declared := m.leave[from]; !declared {
		from = Any
	}
	var out []State
	for _, i := range m.leave[from] {
		to := m.transitions[i].To
		if m.cells[edge{from, to}][0] == i { // the first of them
			out = append(out, to)
		}
	}
	return out
}
