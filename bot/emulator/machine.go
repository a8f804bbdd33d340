package emulator

import "github.com/funtekco/webhookbot/fsm"

// machine is what the page draws: states and named moves between them.
type machine struct {
	def *fsm.Machine

	Initial     fsm.State    `json:"initial"`
	States      []fsm.State  `json:"states"`
	Ends        []fsm.State  `json:"ends,omitzero"`
	Transitions []transition `json:"transitions"`
}

// transition is one move; From may be [fsm.Any].
type transition struct {
	Name string    `json:"name"`
	From fsm.State `json:"from"`
	To   fsm.State `json:"to"`
}

// newMachine returns nil for a bot whose machine nobody told us of.
func newMachine(def *fsm.Machine) *machine {
	if def == nil {
		return nil
	}
	m := &machine{def: def, Initial: def.Initial(), States: def.States(), Ends: def.Ends()}
	for _, t := range def.Transitions() {
		m.Transitions = append(m.Transitions, transition{t.Name, t.From, t.To})
	}
	return m
}

// knows reports whether a room may be in a state. The unset one means the initial.
func (m *machine) knows(state string) bool {
	if m == nil {
		return true
	}
	_, declared := m.def.Resolve(state)
	return declared
}
