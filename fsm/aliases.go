package fsm

import "fmt"

// Renamed declares that old is the name a state had in an earlier release:
// rooms that still hold it are in the new one.
func Renamed(old, new State) Decl { return aliasDecl("Renamed", old, new, caller()) }

// Retired declares that a state of an earlier release is gone: rooms that still
// hold it are in the state into.
func Retired(old, into State) Decl { return aliasDecl("Retired", old, into, caller()) }

func aliasDecl(kind string, old, now State, at string) Decl {
	return declFunc(func(d *definition) {
		d.aliases = append(d.aliases, alias{kind: kind, old: old, now: now, at: at})
	})
}

// alias is a name of an earlier release.
type alias struct {
	kind     string // Renamed or Retired
	old, now State
	at       string
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
