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

// Error names the targets that would have been possible, the first twelve of
// them. States are cut short: they may come from a request.
func (e *UndeclaredError) Error() string {
	instead := "none leaves it"
	switch n := len(e.Targets); {
	case n > maxTargets:
		instead = fmt.Sprintf("declared are %q and %d more", e.Targets[:maxTargets], n-maxTargets)
	case n > 0:
		instead = fmt.Sprintf("declared are %q", e.Targets)
	}
	return fmt.Sprintf("fsm: no transition from %.64q to %.64q: %s", e.From, e.To, instead)
}

const maxTargets = 12

// RefusedError is what [Machine.Move] returns when a transition is declared,
// but its guards or callbacks refused it.
type RefusedError struct {
	Move
	Err error // what they said; of several guards that refused, all of it
}

// Error says who refused and why.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("fsm: %.64s --%s--> %s refused: %v", e.From, e.Name, e.To, e.Err)
}

// Unwrap returns what the guards or callbacks said.
func (e *RefusedError) Unwrap() error { return e.Err }
