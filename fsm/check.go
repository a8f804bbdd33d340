package fsm

import (
	"fmt"
	"slices"
	"sync"
)

// Check returns what may well be wrong with the machine, though it works: the
// warnings that no [Allow] suppresses, and the suppressions that suppress
// nothing. In a test, fsmtest.RequireSound fails on any.
func (m *Machine) Check() []Finding { return m.CheckWith(nil) }

// CheckWith is [Machine.Check] for packages that look for more: it returns the
// machine's findings and theirs in one list, under the same suppressions.
// codes are the codes they looked for, so that unused suppressions of these
// are found too. A finding about a state that has no Path gets the shortest.
func (m *Machine) CheckWith(found []Finding, codes ...string) []Finding {
	looked := slices.Concat(ownWarnings, codes)
	used := make([]bool, len(m.allowed))
	ways := sync.OnceValue(func() map[State]Move { return m.search(m.initial, "", nil) })
	var out []Finding
	for _, f := range append(slices.Clone(m.warnings), found...) {
		if m.suppressed(f, used) {
			continue
		}
		if f.Path == "" && f.State != m.initial {
			f.Path = trace(ways(), m.initial, f.State).String()
		}
		out = append(out, f)
	}
	for i, a := range m.allowed {
		if !used[i] && slices.Contains(looked, a.code) {
			out = append(out, Finding{Code: "FSM022", Severity: SeverityWarning, State: a.state, At: a.at,
				Why: fmt.Sprintf("Allow(%q, %q) suppresses nothing", a.code, a.state), Fix: "remove it"})
		}
	}
	return sortFindings(out)
}

// suppressed reports whether an Allow covers the finding and notes its use.
func (m *Machine) suppressed(f Finding, used []bool) bool {
	covered := false
	for i, a := range m.allowed {
		if f.Severity == SeverityWarning && a.code == f.Code && (a.state == f.State || a.state == Any) {
			covered, used[i] = true, true
		}
	}
	return covered
}

// ownWarnings are the warnings that this package looks for itself.
var ownWarnings = []string{"FSM002", "FSM006", "FSM010", "FSM011", "FSM012", "FSM024"}
