package bot

import "github.com/funtekco/webhookbot/fsm"

// Diagram is the drawing of the bot's machine with each state's prompt as a
// note beside it. Its Machine is nil for a bot without one. Like the first
// request, it ends registration.
func (b *Bot) Diagram() fsm.Diagram {
	d := fsm.Diagram{Machine: b.cfg.Machine, Notes: map[fsm.State]string{}}
	for s, rules := range b.compiled().rules {
		if rules.prompt != nil {
			d.Notes[s] = rules.prompt.Text
		}
	}
	return d
}
