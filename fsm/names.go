package fsm

import (
	"cmp"
	"fmt"
	"slices"
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
				Why: fmt.Sprintf("%s names a state that %s", s.what, cmp.Or(problem, "is Any")), Fix: "name one state"})
		}
	}
}

// mentioned returns the states that End, States, Renamed and Retired name.
func (d *definition) mentioned() []mention {
	out := slices.Concat(d.listed, d.ends)
	for _, a := range d.aliases {
		out = append(out, mention{a.old, a.at, a.kind}, mention{a.now, a.at, a.kind})
	}
	return out
}

// badName says what is wrong with a name, or nothing.
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
