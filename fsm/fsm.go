package fsm

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// State names a state of a room's conversation. It goes over the wire as
// botState and toBotState, and rooms keep it while the bot is not running: a
// name that was released once stays in use until it is [Renamed] or [Retired].
type State string

// Any stands for every state in the From of a [Transition], also for states
// that the machine does not declare.
const Any State = "*"

// Transition is a named way from one state to another. As a literal it is a
// [Decl].
//
// The name says what happened ("order", "sized") and leads to one state only:
// a state has no two transitions of the same name to different states. A state
// may replace a transition from Any by one of its own with the same name.
type Transition struct {
	Name  string
	From  State // a state, or Any
	To    State
	Guard Guard // nil: always allowed

	at string
}

// At returns the file and line of the declaration. For a literal that is the
// call of [New] or [MustNew] it was an argument of, since Go does not tell
// where a value was written down.
func (t Transition) At() string { return t.at }

// String returns the transition in the form "idle --order--> size".
func (t Transition) String() string {
	return fmt.Sprintf("%s --%s--> %s", t.From, t.Name, t.To)
}

// Move is a room's way from one state to another: what guards see. From is the
// state the room is in, never Any.
type Move struct {
	Name     string // the transition's
	From, To State
	Event    any // what moves the room: package bot puts its event.Event here
}

// Guard decides whether a room may take a transition: nil allows it, and an
// error says why not. It is called by many goroutines at once and for moves
// that other guards or the chat server may still undo, so it should only look.
//
// A handler of package bot has run by then, so effects that must not happen when
// the move is refused belong into the OnEnter hook of the state moved to. And a
// reply names a state, not a transition: of several transitions between the same
// two states any whose guard allows it is taken, so what one person may do by one
// of them, that person may do. Give such outcomes states of their own.
type Guard func(ctx context.Context, mv Move) error

// Machine is the states and transitions of a bot, checked and compiled by
// [New]. It never changes and may be used by any number of goroutines.
type Machine struct {
	initial     State
	states      []State
	transitions []Transition
	ends        map[State]bool

	names map[State]State // each name a room may hold, and the state it means
	leave map[State][]int // transitions by state, Any spread out, and under Any itself
	cells map[edge][]int  // transitions by state and target, Any spread out

	hooks   []hook
	hooked  []bool         // by transition: callbacks run with it
	leaving map[State]bool // states with a callback for leaving them
	pool    sync.Pool      // of *stage

	renamed  map[State]State // names of earlier releases, and what they are today
	allowed  []allowance     // suppressions, as declared
	at       string
	warnings []Finding
}

// edge is a pair of states, the key of the table that Move looks into.
type edge struct{ from, to State }

// New returns the machine that the declarations make, or an [*Error] that lists
// every fault of them. Rooms without a state are in the initial one.
func New(initial State, decls ...Decl) (*Machine, error) {
	d := &definition{initial: initial, at: caller()}
	for i, decl := range decls {
		if decl == nil {
			d.fault(Finding{Code: "FSM008", At: d.at,
				Why: fmt.Sprintf("declaration %d is nil", i+1), Fix: "remove it"})
			continue
		}
		decl.declare(d)
	}
	return d.compile()
}

// MustNew is [New] for variables of a package: it panics with the [*Error].
func MustNew(initial State, decls ...Decl) *Machine {
	m, err := New(initial, decls...)
	if err != nil {
		panic(err)
	}
	return m
}

// Initial returns the state of rooms that have none.
func (m *Machine) Initial() State { return m.initial }

// States returns the declared states: the initial one, then the others as the
// declarations name them.
func (m *Machine) States() []State { return slices.Clone(m.states) }

// Ends returns the states declared with [End], in the order of States.
func (m *Machine) Ends() []State {
	return slices.DeleteFunc(m.States(), func(s State) bool { return !m.ends[s] })
}

// Transitions returns the transitions as they were declared.
func (m *Machine) Transitions() []Transition { return slices.Clone(m.transitions) }

// From returns the transitions that can be taken in a state: its own, then
// those from Any that it does not replace. In a state that is not declared only
// those from Any can be taken.
func (m *Machine) From(s State) []Transition {
	var out []Transition
	for _, i := range m.exits(s) {
		out = append(out, m.transitions[i])
	}
	return out
}

// exits returns the numbers of the transitions that can be taken in a state.
func (m *Machine) exits(s State) []int {
	if _, declared := m.leave[s]; !declared {
		s = Any
	}
	return m.leave[s]
}

// Resolve returns the state that a room's botState means: the initial state
// when it is empty, the new one when it was [Renamed] or [Retired]. For a name
// that the machine does not declare it returns the name itself and false.
func (m *Machine) Resolve(botState string) (s State, declared bool) {
	if s, ok := m.names[State(botState)]; ok {
		return s, true
	}
	return State(botState), false
}
