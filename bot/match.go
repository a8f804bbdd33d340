package bot

import (
	"fmt"
	"slices"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// Match tells which route would handle an event, and why. It runs no handler.
type Match struct {
	Route *Route    // nil when nothing would run
	State fsm.State // the state the event would be handled in
	Why   string    // why Route, or nothing, was chosen
	// Others are the routes that were not chosen, in the order of registration.
	Others []Lost
}

// Lost is a route that was not chosen.
type Lost struct {
	Route *Route
	Why   string
	Fits  bool // it would have run, had Match.Route not been there
}

// Routes returns every route in the order of registration. Like the first
// request, it ends registration.
func (b *Bot) Routes() []*Route { return slices.Clone(b.compiled().routes) }

// Match returns which route would handle e in the state of e's botState. It runs
// conditions, though no handler. Like the first request, it ends registration.
func (b *Bot) Match(e event.Event) Match {
	t := b.compiled()
	state, declared := b.resolve(e.Head().BotState)
	m := Match{State: state, Route: t.route(state, e, b.cfg.CommandPrefixes)}
	switch {
	case !b.cfg.mayHear(e), !b.cfg.hears(e.From(), m.Route):
		m.Route, m.Why = nil, "the event is the bot's own, another robot's or nobody's"
	case m.Route == nil:
		m.Why = "no route fits, and there is no fallback"
	default:
		m.Why = fmt.Sprintf("the most precise fit (%s, %s)", m.Route.match.by, levelNames[m.Route.level()])
	}
	if !declared {
		m.Why += "; the machine does not declare the state, so only bot-wide routes count"
	}
	for _, r := range t.routes {
		if r != m.Route {
			fits, why := r.lost(state, e, m.Route)
			m.Others = append(m.Others, Lost{r, why, fits})
		}
	}
	return m
}

var levelNames = [...]string{"the state's own", "a group of states", "bot-wide"}

// lost says why r did not win against winner.
func (r *Route) lost(state fsm.State, e event.Event, winner *Route) (fits bool, why string) {
	switch {
	case r.level() != 2 && !slices.Contains(r.group.states, state):
		return false, "for another state"
	case !r.fits(e):
		return false, "does not match the event"
	case winner == nil:
		return true, "not heard"
	case winner.match.by != r.match.by:
		return true, fmt.Sprintf("a match by %s comes before one by %s", winner.match.by, r.match.by)
	case winner.level() != r.level():
		return true, fmt.Sprintf("%s comes before %s", levelNames[winner.level()], levelNames[r.level()])
	}
	return true, "registered later"
}

// fits reports whether r alone, in a table without other routes, would match.
func (r *Route) fits(e event.Event) bool {
	var l layers
	l.set(2).add(r)
	t := table{any: l}
	return t.route("", e, r.bot.cfg.CommandPrefixes) == r
}
