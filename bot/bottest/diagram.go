package bottest

import (
	"path/filepath"
	"slices"

	"github.com/funtekco/webhookbot/fsm"
)

// diagram draws the machine: green is asserted on, plain merely passed through,
// red was never seen. The file's ending decides the language.
func (b *seen) diagram(path string) string {
	d := fsm.Diagram{
		Machine:         b.bot.Machine(),
		StateColor:      func(s fsm.State) fsm.Color { return b.states[s].color() },
		TransitionColor: func(tr fsm.Transition) fsm.Color { return b.transition(tr).color() },
	}
	switch ext := filepath.Ext(path); {
	case slices.Contains([]string{".dot", ".gv"}, ext):
		return d.Graphviz()
	case ext == ".md":
		return "```mermaid\n" + d.Mermaid() + "```\n"
	}
	return d.Mermaid()
}

func (l level) color() fsm.Color {
	return [...]fsm.Color{unseen: fsm.Red, passed: fsm.Plain, asserted: fsm.Green}[l]
}
