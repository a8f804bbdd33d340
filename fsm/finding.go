package fsm

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity tells a fault that makes a machine unusable from one that does not.
type Severity string

// The severities of a [Finding].
const (
	SeverityError   Severity = "error"   // New fails
	SeverityWarning Severity = "warning" // Check reports it, Allow suppresses it
)

// Finding is one fault of a machine. Code and Severity are stable from release
// to release; wording and order may change.
type Finding struct {
	Code       string   `json:"code"` // "FSM011"; the package comment lists them
	Severity   Severity `json:"severity"`
	State      State    `json:"state,omitzero"`
	Transition string   `json:"transition,omitzero"` // its name
	At         string   `json:"at,omitzero"`         // file:line of the declaration
	Why        string   `json:"why"`
	Fix        string   `json:"fix"`
	Path       string   `json:"path,omitzero"` // the shortest conversation that leads to State
}

// String returns the finding as one line.
func (f Finding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", f.Code, f.Severity)
	if f.At != "" {
		fmt.Fprintf(&b, " at %s", f.At)
	}
	fmt.Fprintf(&b, ": %s; %s", f.Why, f.Fix)
	if f.Path != "" {
		fmt.Fprintf(&b, " (%s)", f.Path)
	}
	return b.String()
}

// sortFindings brings findings into the order they are reported in, without
// duplicates.
func sortFindings(fs []Finding) []Finding {
	slices.SortFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.State, b.State),
			cmp.Compare(a.Transition, b.Transition), cmp.Compare(a.At, b.At), cmp.Compare(a.Why, b.Why))
	})
	return slices.Compact(fs)
}
