package bottest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// subject is the bot under test. All but the handler is only known of a *bot.Bot.
type subject struct {
	bot *bot.Bot // nil for any other webhook
}

func newSubject(h http.Handler) *subject {
	b, _ := h.(*bot.Bot)
	return &subject{bot: b}
}

func (s *subject) senderID() string {
	if s.bot == nil {
		return ""
	}
	return s.bot.SenderID()
}

// resolve returns the state a botState stands for.
func (s *subject) resolve(botState string) (state fsm.State, declared bool) {
	if s.bot == nil || s.bot.Machine() == nil {
		return fsm.State(botState), true
	}
	return s.bot.Machine().Resolve(botState)
}

// declares reports whether the bot may send a room there; empty is a reset.
func (s *subject) declares(botState string) bool {
	_, ok := s.resolve(botState)
	return ok || botState == ""
}

// match tells which route a request goes to.
func (s *subject) match(request []byte) (bot.Match, bool) {
	if s.bot == nil {
		return bot.Match{}, false
	}
	e, err := event.Decode(request)
	if err != nil {
		return bot.Match{}, false
	}
	return s.bot.Match(e), true
}

// possible explains what a request could have done, a line each.
func (s *subject) possible(request []byte) []string {
	m, ok := s.match(request)
	if !ok {
		return nil
	}
	chosen := "handler   none: " + m.Why
	if m.Route != nil {
		chosen = fmt.Sprintf("handler   %s (%s): %s", m.Route, m.Route.At(), m.Why)
	}
	lines := []string{chosen}
	for _, o := range m.Others {
		if o.Fits || inState(o.Route, m.State) {
			lines = append(lines, fmt.Sprintf("  not     %s (%s): %s", o.Route, o.Route.At(), o.Why))
		}
	}
	if to := s.targets(m.State); len(to) > 0 {
		lines = append(lines, fmt.Sprintf("moves     from %s to %s", show(string(m.State)), strings.Join(to, ", ")))
	}
	return lines
}

// targets names where the machine lets a room go from a state.
func (s *subject) targets(from fsm.State) []string {
	if s.bot.Machine() == nil {
		return nil
	}
	var to []string
	for _, tr := range s.bot.Machine().From(from) {
		to = append(to, fmt.Sprintf("%s (%s)", tr.To, tr.Name))
	}
	return to
}

func (s *subject) transitions() []fsm.Transition {
	if s.bot == nil || s.bot.Machine() == nil {
		return nil
	}
	return s.bot.Machine().Transitions()
}

// inState reports whether a route works in a state.
func inState(r *bot.Route, state fsm.State) bool {
	return len(r.States()) == 0 || slices.Contains(r.States(), state)
}
