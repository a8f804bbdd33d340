package bot

import (
	"fmt"
	"slices"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// The findings that only the routes show. FSM001 to FSM012 are the machine's.
var routeCodes = []string{"FSM013", "FSM014", "FSM016", "FSM017", "FSM021"}

// Check returns what may well be wrong with the machine and the routes, though
// the bot works: the machine's findings (see [fsm.Machine.Check]) and these.
//
//	FSM013  a state in which some message is answered with nothing
//	FSM014  messages are handled nowhere
//	FSM016  a state's command or text hides a bot-wide one
//	FSM017  a message handler that hears robots, who may answer it for ever
//	FSM021  a pattern or condition without an example, or with one that another
//	        route handles: generated tests cannot reach it
//
// [fsm.Allow] among the machine's declarations suppresses a finding. Like the
// first request, Check ends registration.
func (b *Bot) Check() []fsm.Finding {
	t := b.compiled()
	var found []fsm.Finding
	found = append(found, b.checkAnswers(t)...)
	for _, r := range t.routes {
		found = append(found, r.checkHiding(t)...)
		found = append(found, r.checkRobots()...)
		found = append(found, r.checkExamples()...)
	}
	if b.cfg.Machine == nil {
		return found
	}
	return b.cfg.Machine.CheckWith(found, routeCodes...)
}

// checkAnswers looks for states in which a message may find no handler.
func (b *Bot) checkAnswers(t *table) []fsm.Finding {
	if !slices.ContainsFunc(t.routes, func(r *Route) bool { return r.hearsMessages() }) {
		return []fsm.Finding{{
			Code: "FSM014", Severity: fsm.SeverityWarning,
			Why: "no route handles a MESSAGE", Fix: "register OnMessage or another handler of messages",
		}}
	}
	if b.cfg.Machine == nil {
		return nil
	}
	var found []fsm.Finding
	for _, s := range b.cfg.Machine.States() {
		l := t.states[s]
		if l == nil {
			l = &t.any
		}
		if l.byKind(&event.Message{}) == nil {
			found = append(found, fsm.Finding{
				Code: "FSM013", Severity: fsm.SeverityWarning, State: s,
				Why: fmt.Sprintf("in state %q a message that no other route matches is answered with nothing", s),
				Fix: "register OnMessage or a Fallback for the state or for the bot",
			})
		}
	}
	return found
}

func (r *Route) hearsMessages() bool {
	return r.match.by != byKind || r.match.keys[0] == string(event.KindMessage)
}

// checkHiding looks for bot-wide routes that a state's route takes over.
func (r *Route) checkHiding(t *table) []fsm.Finding {
	if r.level() == 2 || r.match.by != byCommand && r.match.by != byText || t.any[2] == nil {
		return nil
	}
	var found []fsm.Finding
	for _, key := range r.match.keys {
		wide := t.any[2].commands[key]
		if r.match.by == byText {
			wide = t.any[2].texts[key]
		}
		if wide == nil {
			continue
		}
		for _, s := range r.group.states {
			found = append(found, fsm.Finding{
				Code: "FSM016", Severity: fsm.SeverityWarning, State: s, At: r.at,
				Why: fmt.Sprintf("in state %q %q hides %q, registered at %s", s, r, wide, wide.at),
				Fix: "give one of them another name, or allow it if it is meant",
			})
		}
	}
	return found
}

func (r *Route) checkRobots() []fsm.Finding {
	if !r.robots || r.match.by != byKind && r.match.by != byFallback || !r.hearsMessages() {
		return nil
	}
	return []fsm.Finding{{
		Code: "FSM017", Severity: fsm.SeverityWarning, State: r.oneState(), At: r.at,
		Why: fmt.Sprintf("%q hears every message of other robots: two bots may answer each other until the breaker stops them", r),
		Fix: "hear robots with a command, a text or a pattern only",
	}}
}

// checkExamples looks for routes that a generated conversation cannot reach.
func (r *Route) checkExamples() []fsm.Finding {
	finding := fsm.Finding{Code: "FSM021", Severity: fsm.SeverityWarning, State: r.oneState(), At: r.at}
	if len(r.examples) == 0 && (r.match.by == byPattern || r.match.by == byCondition) {
		finding.Why = fmt.Sprintf("%q has no example", r)
		finding.Fix = "add one with Route.Example"
		return []fsm.Finding{finding}
	}
	for i, text := range r.examples {
		m := &event.Message{Type: "text", Body: event.TextBody(text)}
		got := r.bot.compiled().route(r.oneState(), m, r.bot.cfg.CommandPrefixes)
		if got != r {
			finding.Why = fmt.Sprintf("example %d of %q is handled by %q", i, r, got)
			finding.Fix = "change the example, or the route that takes it"
			return []fsm.Finding{finding}
		}
	}
	return nil
}

// oneState returns a state the route works in, empty for a bot-wide one.
func (r *Route) oneState() fsm.State {
	if len(r.group.states) == 0 {
		return ""
	}
	return r.group.states[0]
}
