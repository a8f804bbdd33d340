package fsm

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// checkStates finds states that are named but not declared.
func (d *definition) checkStates() {
	d.checkInitial()
	seen := map[State]bool{}
	for _, l := range d.listed {
		if seen[l.state] {
			d.fault(Finding{Code: "FSM002", State: l.state, At: l.at,
				Why: fmt.Sprintf("state %q is declared twice", l.state), Fix: "remove one"})
		}
		seen[l.state] = true
	}
	for _, e := range d.ends {
		d.mustKnow(e.state, "", e.at, e.what)
	}
	for i, t := range d.transitions {
		if !d.known[t.From] {
			d.mustKnow(t.From, t.Name, t.at, d.nth(i))
		}
		if t.To != "" && t.To != Any && !d.known[t.To] {
			d.fault(Finding{Code: "FSM001", State: t.To, Transition: t.Name, At: t.at,
				Why: fmt.Sprintf("%s leads to state %q, which is not declared", d.nth(i), t.To), Fix: d.suggest(t.To)})
		}
	}
}

// mustKnow finds fault with a declaration that names a state nobody declared.
func (d *definition) mustKnow(s State, transition, at, what string) {
	if s != "" && s != Any && !d.known[s] {
		d.fault(Finding{Code: "FSM003", State: s, Transition: transition, At: at,
			Why: fmt.Sprintf("%s names state %q, which is not declared", what, s), Fix: d.suggest(s)})
	}
}

// checkInitial finds an initial state that is missing or that the other
// declarations do not know.
func (d *definition) checkInitial() {
	f := Finding{Code: "FSM005", State: d.initial, At: d.at}
	switch s := d.initial; {
	case s == "" || s == Any:
		f.Why = "the initial state is missing"
	case d.closed && !lists(d.listed, s):
		f.Why = fmt.Sprintf("the initial state %q is not among the States", s)
	case len(d.transitions) > 0 && !d.inTransition(s) && (!d.inTransition(Any) || d.nearest(s) != ""):
		f.Why = fmt.Sprintf("no transition names the initial state %q", s)
	default:
		return
	}
	f.Fix = d.suggest(d.initial)
	d.fault(f)
}

func (d *definition) inTransition(s State) bool {
	return slices.ContainsFunc(d.transitions, func(t Transition) bool { return t.From == s || t.To == s })
}

// checkTransitions finds transitions that contradict or hide one another.
func (d *definition) checkTransitions() {
	type named struct {
		from State
		name string
	}
	byName := map[named]int{}
	open := map[edge]int{} // the first transition without a guard
	for i, t := range d.transitions {
		f := Finding{State: t.From, Transition: t.Name, At: t.at}
		first, again := byName[named{t.From, t.Name}]
		if !again {
			byName[named{t.From, t.Name}] = i
		}
		winner, hidden := open[edge{t.From, t.To}]
		if !hidden && t.Guard == nil {
			open[edge{t.From, t.To}] = i
		}
		switch was := d.transitions[first]; {
		case again && was.To != t.To:
			f.Code, f.Why = "FSM004", fmt.Sprintf("%s and %s share a name and lead to different states", d.other(first), d.nth(i))
			f.Fix = "give one of them another name"
		case again && hidden && was.Guard == nil && t.Guard == nil:
			f.Code, f.Why = "FSM004", fmt.Sprintf("%s and %s are the same", d.other(first), d.nth(i))
			f.Fix = "remove one"
		case hidden:
			f.Code, f.Why = "FSM007", fmt.Sprintf("%s is never taken: %s comes first and has no guard", d.nth(i), d.other(winner))
			f.Fix = "remove it, or guard the first"
		default:
			continue
		}
		d.fault(f)
	}
}

// nth names a transition by its place among the machine's transitions, because
// the literals of one call share a line.
func (d *definition) nth(i int) string {
	t := d.transitions[i]
	if s := t.String(); utf8.ValidString(s) && !strings.ContainsFunc(s, unprintable) {
		return fmt.Sprintf("transition %d (%s)", i+1, s)
	}
	return fmt.Sprintf("transition %d (%q from %q to %q)", i+1, t.Name, t.From, t.To)
}

// other names the other transition of a pair, with its line.
func (d *definition) other(i int) string {
	return fmt.Sprintf("%s at %s", d.nth(i), d.transitions[i].at)
}

func lists(list []mention, s State) bool {
	return slices.ContainsFunc(list, func(l mention) bool { return l.state == s })
}
