package fsm

import (
	"fmt"
	"strings"
)

// Error is what [New] returns for declarations that make no sound machine.
type Error struct {
	Findings []Finding // of severity error, at least one, sorted
}

// Error lists the findings, one a line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("fsm: the machine's declarations do not hold together:")
	for _, f := range e.Findings {
		b.WriteString("\n\t")
		b.WriteString(f.String())
	}
	return b.String()
}

// UndeclaredError is what [Machine.Move] returns when no transition leads from
// one state to the other.
type UndeclaredError struct {
	From, To State
	Targets  []State // where the declared transitions from From lead
}

// Error names the targets that would have been possible.
func (e *UndeclaredError) Error() string {
	if len(e.Targets) == 0 {
		return fmt.Sprintf("fsm: no transition from %q to %q: none leaves it", e.From, e.To)
	}
	return fmt.Sprintf("fsm: no transition from %q to %q: declared are %q", e.From, e.To, e.Targets)
}

// RefusedError is what [Machine.Move] returns when a transition is declared,
// but its guards or callbacks refused it.
type RefusedError struct {
	Move
	Err error // what they said; of several guards that refused, all of it
}

// Error says who refused and why.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("fsm: %s --%s--> %s refused: %v", e.From, e.Name, e.To, e.Err)
}

// Unwrap returns what the guards or callbacks said.
func (e *RefusedError) Unwrap() error { return e.Err }
