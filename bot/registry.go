package bot

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
)

// registry holds what was registered, until the first request compiles it.
type registry struct {
	mu     sync.Mutex
	closed bool // a request came
	routes []*Route
	taken  map[place]*Route
	states map[fsm.State]*stateRules
	groups []*StateGroup
}

// place is what two routes must not share.
type place struct {
	level int
	state fsm.State // empty on the bot-wide level
	by    matchKind
	key   string
}

// stateRules is what happens around handlers when a room enters or leaves a
// state.
type stateRules struct {
	prompt       *message.Message
	promptAt     string
	enter, leave []Hook
}

var knownKinds = []event.Kind{event.KindMessage, event.KindJoinRoom, event.KindAddMembers, event.KindDeleteMembers}

// anyUnknown is the key of a route for all unknown kinds. A server cannot send
// it: an event without a name is refused.
const anyUnknown = "unknown"

func unknownKey(kind event.Kind) string {
	if kind == "" {
		return anyUnknown
	}
	return anyUnknown + " " + string(kind)
}

func (g *registry) init() {
	g.taken, g.states = map[place]*Route{}, map[fsm.State]*stateRules{}
}

// groupOf returns the one group of these states inside parent.
func (g *registry) groupOf(parent *Group, states []fsm.State) *StateGroup {
	g.mu.Lock()
	defer g.mu.Unlock()
	set := func(states []fsm.State) []fsm.State { return slices.Compact(slices.Sorted(slices.Values(states))) }
	for _, s := range g.groups {
		if s.parent == parent && slices.Equal(set(s.states), set(states)) {
			return s
		}
	}
	s := &StateGroup{Group{bot: parent.bot, parent: parent}}
	for _, state := range states {
		if !slices.Contains(s.states, state) {
			s.states = append(s.states, state)
		}
	}
	g.groups = append(g.groups, s)
	return s
}

// add is the register-or-error twin of the On methods.
func (g *registry) add(group *Group, m matcher, h Handler, isNil bool) (*Route, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := &Route{bot: group.bot, group: group, match: m, handler: h, at: callerOutside()}
	r.name = r.describe()
	switch {
	case g.closed:
		return nil, registrationError(r.at, "registering %q after the first request: register everything first, then serve", r)
	case isNil:
		return nil, registrationError(r.at, "handler of %q is nil", r)
	case m.by != byFallback && slices.Contains(m.keys, ""):
		return nil, registrationError(r.at, "%q has an empty %s", r, m.by)
	case m.by == byCommand && slices.ContainsFunc(m.keys, func(k string) bool { return strings.ContainsAny(k, " @") }):
		return nil, registrationError(r.at, "%q: a command's name has no blank and no @", r)
	}
	for _, p := range r.places() {
		if other := g.taken[p]; other != nil {
			return nil, registrationError(r.at, "%q is already handled: %q is registered at %s", r, other, other.at)
		}
		g.taken[p] = r
	}
	group.routed = true
	g.routes = append(g.routes, r)
	return r, nil
}

func (r *Route) places() []place {
	states := r.group.states
	if len(states) == 0 {
		states = []fsm.State{""}
	}
	var all []place
	for _, s := range states {
		for _, k := range r.match.keys {
			all = append(all, place{r.level(), s, r.match.by, k})
		}
	}
	return all
}

func (g *registry) rules(s fsm.State) *stateRules {
	if g.states[s] == nil {
		g.states[s] = &stateRules{}
	}
	return g.states[s]
}

func (g *registry) addPrompt(group *Group, m *message.Message) {
	group.bot.mustBeOpen("Prompt")
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range group.states {
		rules := g.rules(s)
		if rules.prompt != nil {
			panic(registrationError(callerOutside(), "state %q has a prompt already, set at %s", s, rules.promptAt))
		}
		rules.prompt, rules.promptAt = m, callerOutside()
	}
}

func (g *registry) addHook(group *Group, h Hook, enter bool) {
	group.bot.mustBeOpen("OnEnter or OnLeave")
	if h == nil {
		group.bot.misuse("hook is nil")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range group.states {
		rules := g.rules(s)
		if enter {
			rules.enter = append(rules.enter, h)
		} else {
			rules.leave = append(rules.leave, h)
		}
	}
}

// mustBeOpen panics once requests are being served.
func (b *Bot) mustBeOpen(what string) {
	b.routes.mu.Lock()
	defer b.routes.mu.Unlock()
	if b.routes.closed {
		b.misuse(what + " after the first request: register everything first, then serve")
	}
}

// mustDeclare panics on a state the machine does not know.
func (b *Bot) mustDeclare(s fsm.State) {
	switch {
	case s == "":
		b.misuse("a state is empty; the initial state has a name too")
	case s == fsm.Any:
		b.misuse("register handlers for any state on the bot itself")
	case !b.declares(s):
		b.misuse(fmt.Sprintf("state %q is not declared by the machine", s))
	}
}

// declares reports whether the machine has a state of this very name; an old
// name of a renamed one does not count.
func (b *Bot) declares(s fsm.State) bool {
	declared, ok := b.resolve(string(s))
	return ok && declared == s
}

// misuse panics with the line outside this package that is to blame.
func (b *Bot) misuse(what string) { panic(registrationError(callerOutside(), "%s", what)) }

// ErrRegistration is wrapped by every panic of a registration.
var ErrRegistration = errors.New("bot: registration")

func registrationError(at, format string, args ...any) error {
	return fmt.Errorf("%w at %s: %s", ErrRegistration, at, fmt.Sprintf(format, args...))
}

// callerOutside returns file:line of the first caller that is not this package.
func callerOutside() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "github.com/funtekco/webhookbot/bot.") || !more {
			return fmt.Sprintf("%s:%d", shortPath(f.File), f.Line)
		}
	}
}

// shortPath keeps the last folder and the file's name.
func shortPath(file string) string {
	return filepath.Join(filepath.Base(filepath.Dir(file)), filepath.Base(file))
}
