package bot

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// matchKind is what a route matches by, most precise first.
type matchKind int

const (
	byCommand matchKind = iota
	byText
	byPattern
	byCondition
	byType
	byKind
	byFallback
)

var matchNames = [...]string{"command", "text", "pattern", "condition", "type", "event", "fallback"}

// String returns the word that logs and [Route.String] use.
func (k matchKind) String() string { return matchNames[k] }

// matcher is the place of a route: two routes must not share one.
type matcher struct {
	by   matchKind
	keys []string // folded, so that equal places are equal strings
	re   *regexp.Regexp
	cond func(*event.Message) bool
}

// Route is one registered handler. Its methods describe it further and return
// it, so that they chain behind the registration; call them before the first
// request.
type Route struct {
	bot      *Bot
	group    *Group
	match    matcher
	handler  Handler // as registered
	run      Handler // with transition check and middleware around it
	at       string  // file:line of the registration
	name     string
	help     string
	examples []string
	targets  []fsm.State
	robots   bool
}

// Help says in a few words what a command does; [Bot.Help] lists commands that
// have one.
func (r *Route) Help(text string) *Route {
	r.bot.mustBeOpen("Help")
	r.help = text
	return r
}

// Example names texts that this route handles. Generated tests use them, and
// Bot.Check reports a pattern or condition that has none.
func (r *Route) Example(texts ...string) *Route {
	r.bot.mustBeOpen("Example")
	r.examples = append(r.examples, texts...)
	return r
}

// To names the states the handler may move to; a move elsewhere is an error. A
// route without it may make every move the machine declares.
func (r *Route) To(states ...fsm.State) *Route {
	r.bot.mustBeOpen("To")
	for _, s := range states {
		r.bot.mustDeclare(s)
	}
	r.targets = append(r.targets, states...)
	return r
}

// HearRobots lets this route handle events that another robot caused. The bot's
// own messages stay unheard.
func (r *Route) HearRobots() *Route {
	r.bot.mustBeOpen("HearRobots")
	r.robots = true
	return r
}

// String returns where and what the route matches, as "idle: command order" or
// "any state: event MESSAGE". It is the route's name in logs and metrics.
func (r *Route) String() string {
	if r == nil {
		return "no route"
	}
	return r.name
}

// At returns the file and line of the registration.
func (r *Route) At() string { return r.at }

// States returns the states the route works in; nil means any.
func (r *Route) States() []fsm.State { return slices.Clone(r.group.states) }

// Match returns what the route matches by ("command", "text", "pattern",
// "condition", "type", "event" or "fallback") and the keys: the names, texts or
// types, the expression, the condition's name.
func (r *Route) Match() (by string, keys []string) {
	return r.match.by.String(), slices.Clone(r.match.keys)
}

// Examples returns texts that the route handles: those given with
// [Route.Example], and for commands and texts the keys themselves.
func (r *Route) Examples() []string {
	switch r.match.by {
	case byCommand:
		return append(prefixed(r.bot.cfg.CommandPrefixes[0], r.match.keys), r.examples...)
	case byText:
		return append(slices.Clone(r.match.keys), r.examples...)
	}
	return slices.Clone(r.examples)
}

// Targets returns the states given with [Route.To]; nil means any.
func (r *Route) Targets() []fsm.State { return slices.Clone(r.targets) }

func prefixed(prefix string, names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = prefix + n
	}
	return out
}

func (r *Route) describe() string {
	where := "any state"
	if len(r.group.states) > 0 {
		names := make([]string, len(r.group.states))
		for i, s := range r.group.states {
			names[i] = string(s)
		}
		where = strings.Join(names, ", ")
	}
	if r.match.by == byFallback {
		return where + ": fallback"
	}
	return fmt.Sprintf("%s: %s %s", where, r.match.by, strings.Join(r.match.keys, ", "))
}

// level is how precise the route's group is: 0 one state, 1 several, 2 any.
func (r *Route) level() int {
	switch len(r.group.states) {
	case 0:
		return 2
	case 1:
		return 0
	}
	return 1
}

// finish wraps the handler: nothing can be added to its group's middleware now.
func (r *Route) finish() {
	settled := func(ctx context.Context, e event.Event) (Reply, error) {
		reply, err := r.handler(ctx, e)
		if err != nil {
			return Reply{}, err
		}
		return r.bot.settle(ctx, e, r, reply)
	}
	r.run = chain(r.group.middleware(), settled)
}

// fold makes texts equal that differ in letter case and spacing only. It
// returns s itself, without allocating, when there is nothing to fold.
func fold(s string) string {
	if isFolded(s) {
		return s
	}
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

func isFolded(s string) bool {
	blank := true // a leading blank needs folding
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 || 'A' <= c && c <= 'Z' || '\t' <= c && c <= '\r' || c == ' ' && blank {
			return false
		}
		blank = c == ' '
	}
	return s == "" || !blank
}

func foldAll(first string, more []string) []string {
	keys := []string{fold(first)}
	for _, s := range more {
		if key := fold(s); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}
