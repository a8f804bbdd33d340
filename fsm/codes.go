package fsm

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

// ownWarnings are the warnings that this package looks for itself.
var ownWarnings = []string{"FSM002", "FSM006", "FSM010", "FSM011", "FSM012", "FSM024"}
