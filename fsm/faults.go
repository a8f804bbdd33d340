package fsm

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName bounds the names of states and transitions, in bytes. They travel
// with every event and are keys of logs and metrics.
const maxName = 128

// checkNames finds names that nobody could read in a log or a diagram.
func (d *definition) checkNames() {
	if problem := badName(string(d.initial)); problem != "" && d.initial != "" {
		d.fault(Finding{Code: "FSM008", State: d.initial, At: d.at,
			Why: fmt.Sprintf("the initial state's name %s", problem), Fix: "give it another"})
	}
	for i, t := range d.transitions {
		for _, part := range []struct{ what, name string }{
			{"name", t.Name}, {"From", string(t.From)}, {"To", string(t.To)},
		} {
			if problem := badName(part.name); problem != "" {
				d.fault(Finding{Code: "FSM008", State: t.From, Transition: t.Name, At: t.at,
					Why: fmt.Sprintf("the %s of %s %s", part.what, d.nth(i), problem), Fix: "give it another"})
			}
		}
		if t.To == Any {
			d.fault(Finding{Code: "FSM008", State: t.From, Transition: t.Name, At: t.at,
				Why: d.nth(i) + " leads to Any", Fix: "name the state it leads to"})
		}
	}
	for _, s := range d.mentioned() {
		if problem := badName(string(s.state)); problem != "" || s.state == Any {
			d.fault(Finding{Code: "FSM008", State: s.state, At: s.at,
				Why: fmt.Sprintf("%s names a state that %s", s.what, either(problem, "is Any")), Fix: "name one state"})
		}
	}
}

// mentioned returns the states that End, States, Renamed and Retired name.
func (d *definition) mentioned() []mention {
	out := append([]mention(nil), d.listed...)
	out = append(out, d.ends...)
	for _, a := range d.aliases {
		out = append(out, mention{a.old, a.at, a.kind}, mention{a.now, a.at, a.kind})
	}
	return out
}

func badName(s string) string {
	switch {
	case s == "":
		return "is empty"
	case len(s) > maxName:
		return fmt.Sprintf("is longer than %d bytes", maxName)
	case !utf8.ValidString(s):
		return "is not UTF-8"
	case strings.TrimSpace(s) != s:
		return "begins or ends with a blank"
	case strings.ContainsFunc(s, unprintable):
		return "holds a character that cannot be printed"
	}
	return ""
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

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
	fix := d.suggest(d.initial)
	var why string
	switch s := d.initial; {
	case s == "" || s == Any:
		why, fix = "the initial state is missing", "name the state of rooms that have none"
	case d.closed && !containsState(d.listed, s):
		why = fmt.Sprintf("the initial state %q is not among the States", s)
	case len(d.transitions) > 0 && !d.inTransition(s) && (!d.leavesAny() || d.nearest(s) != ""):
		why = fmt.Sprintf("no transition names the initial state %q", s)
	default:
		return
	}
	d.fault(Finding{Code: "FSM005", State: d.initial, At: d.at, Why: why, Fix: fix})
}

func (d *definition) inTransition(s State) bool {
	for _, t := range d.transitions {
		if t.From == s || t.To == s {
			return true
		}
	}
	return false
}

func (d *definition) leavesAny() bool {
	for _, t := range d.transitions {
		if t.From == Any {
			return true
		}
	}
	return false
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

// checkAliases finds renamings that lead nowhere.
func (d *definition) checkAliases() {
	now := map[State]State{}
	for _, a := range d.aliases {
		f := Finding{Code: "FSM009", State: a.old, At: a.at, Fix: "remove one of the two"}
		switch _, twice := now[a.old]; {
		case d.known[a.old]:
			f.Why = fmt.Sprintf("%s(%q): a state of that name is declared", a.kind, a.old)
		case twice:
			f.Why = fmt.Sprintf("%s(%q): the name is renamed or retired twice", a.kind, a.old)
		default:
			now[a.old] = a.now
			continue
		}
		d.fault(f)
	}
	d.renamed = map[State]State{}
	for _, a := range d.aliases {
		s := a.now
		for range d.aliases {
			next, ok := now[s]
			if !ok {
				break
			}
			s = next
		}
		if _, ring := now[s]; ring && s != "" {
			d.fault(Finding{Code: "FSM009", State: a.old, At: a.at,
				Why: fmt.Sprintf("%s(%q) leads back to itself", a.kind, a.old), Fix: "lead it to a state of today"})
			continue
		}
		d.mustKnow(s, "", a.at, a.kind)
		d.renamed[a.old] = s
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

func containsState(list []mention, s State) bool {
	for _, l := range list {
		if l.state == s {
			return true
		}
	}
	return false
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
