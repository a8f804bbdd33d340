package fsm

import (
	"fmt"
	"strings"
)

// Allow suppresses a warning in a state, or in [Any] state, for a written
// reason. A suppression that nothing needs any more is itself a finding.
func Allow(code string, s State, reason string) Decl {
	at := caller()
	return declFunc(func(d *definition) {
		d.allowed = append(d.allowed, allowance{code: code, state: s, reason: reason, at: at})
	})
}

// allowance is a suppression.
type allowance struct {
	code   string
	state  State
	reason string
	at     string
}

// checkAllowances finds suppressions that cannot be meant.
func (d *definition) checkAllowances() {
	for _, a := range d.allowed {
		f := Finding{Code: "FSM023", State: a.state, At: a.at, Fix: "name a warning of the list in the package comment"}
		switch allowed, known := suppressible[a.code]; {
		case strings.TrimSpace(a.reason) == "":
			f.Why, f.Fix = fmt.Sprintf("Allow(%q, %q) gives no reason", a.code, a.state), "write one"
		case a.state == "":
			f.Why, f.Fix = fmt.Sprintf("Allow(%q) names no state", a.code), "name one, or Any"
		case !known && strings.HasPrefix(a.code, "FSM"):
			f.Why = fmt.Sprintf("Allow(%q): there is no such code", a.code)
		case known && !allowed:
			f.Why = fmt.Sprintf("Allow(%q): this finding cannot be suppressed", a.code)
		default:
			d.mustKnow(a.state, "", a.at, "Allow")
			continue
		}
		d.fault(f)
	}
}

// suppressible tells which findings [Allow] may name: the warnings. FSM013 to
// FSM017 and FSM021 are those of other packages; they are here so that an Allow
// of them can be told from a misspelt one.
var suppressible = map[string]bool{
	"FSM001": false,
	"FSM002": true, // a state declared twice is an error of the same code
	"FSM003": false,
	"FSM004": false,
	"FSM005": false,
	"FSM006": true,
	"FSM007": false,
	"FSM008": false,
	"FSM009": false,
	"FSM010": true,
	"FSM011": true,
	"FSM012": true,
	"FSM013": true,
	"FSM014": true,
	"FSM015": true,
	"FSM016": true,
	"FSM017": true,
	"FSM018": false,
	"FSM019": false,
	"FSM020": false,
	"FSM021": true,
	"FSM022": false,
	"FSM023": false,
	"FSM024": true,
	"FSM025": false,
}
