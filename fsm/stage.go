package fsm

import (
	"context"
	"errors"
	"fmt"

	looplab "github.com/looplab/fsm"
)

// stage is a looplab machine lent to one move at a time, so that callbacks run
// in looplab's order without any room sharing a machine with another.
//
// Callbacks see a second machine in Event.FSM, for two reasons: Can, SetState,
// Event and Transition of the running one would wait for themselves, and a
// callback must not move the room behind the handler's back.
type stage struct {
	run, seen *looplab.FSM
	ctx       context.Context // the request's, which looplab is not given
	strayed   string          // the callback that moved the machine it saw
}

func newStage(m *Machine) *stage {
	events := m.events(append([]State{Any}, m.states...)) // Any stands for undeclared states
	s := &stage{seen: looplab.NewFSM(string(m.initial), events, nil)}
	callbacks := looplab.Callbacks{}
	for _, h := range m.hooks {
		callbacks[h.key] = s.wrap(h)
	}
	s.run = looplab.NewFSM(string(m.initial), events, callbacks)
	return s
}

// wrap gives a callback the live context and the machine it may look at.
func (s *stage) wrap(h hook) looplab.Callback {
	after := h.phase == "enter" || h.phase == "after"
	return func(_ context.Context, e *looplab.Event) {
		now := e.Src
		if after {
			now = e.Dst
		}
		s.seen.SetState(now)
		own := e.FSM
		e.FSM = s.seen
		h.run(s.ctx, e)
		e.FSM = own
		if !s.seen.Is(now) {
			s.strayed = h.key
		}
	}
}

// flagHooks notes which moves have callbacks, so that the others never touch
// looplab.
func (m *Machine) flagHooks() {
	if len(m.hooks) == 0 {
		return
	}
	m.hooked, m.leaving = make([]bool, len(m.transitions)), map[State]bool{}
	for _, h := range m.hooks {
		if h.phase == "leave" && h.name != "" {
			m.leaving[State(h.name)] = true
			continue
		}
		for i, t := range m.transitions {
			mine := h.name == t.Name
			if h.phase == "enter" {
				mine = h.name == string(t.To)
			}
			m.hooked[i] = m.hooked[i] || mine || h.name == ""
		}
	}
	m.pool.New = func() any { return newStage(m) }
}

// callBack runs the callbacks of a move. A stage goes back to the pool only
// after a move that looplab finished: one that panicked, went asynchronous or
// failed otherwise may be stuck for good and is dropped.
func (m *Machine) callBack(ctx context.Context, mv Move) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s := m.pool.Get().(*stage)
	s.ctx, s.strayed = ctx, ""
	src := mv.From
	if _, declared := m.names[src]; !declared {
		src = Any
	}
	s.run.SetState(string(src))
	// looplab gets no context that can end: a dead one would wedge it.
	err := s.run.Event(context.WithoutCancel(ctx), mv.Name, mv.Event)
	switch e := err.(type) {
	case nil:
	case looplab.NoTransitionError: // from a state to itself: success
		err = e.Err
	case looplab.CanceledError:
		if err = e.Err; err == nil {
			err = errors.New("a callback cancelled it")
		}
	case looplab.AsyncError:
		e.CancelTransition()
		return fmt.Errorf("a callback made it asynchronous, and nobody would finish it: %w", e)
	default:
		return err
	}
	key := s.strayed
	s.ctx = nil
	m.pool.Put(s)
	if err == nil && key != "" {
		return fmt.Errorf("callback %q moved the machine itself: only the handler's reply moves a room", key)
	}
	return err
}
