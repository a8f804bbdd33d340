package bottest

import (
	"strings"
	"sync"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/fsm"
)

// coverage is what the tests of this process have seen of their bots. It is
// global as the coverage of go test is: Main reports it after all tests ran.
var coverage = &registry{}

type registry struct {
	mu   sync.Mutex
	bots []*seen
}

// seen is what was seen of one bot, over all instances that newBot made of it.
type seen struct {
	id     string
	bot    *bot.Bot // the first instance
	states map[fsm.State]level
	routes map[string]level
	steps  map[step]level
	says   map[step]*talk.Turn // a shortest way to take the step
	sent   map[string]string   // the route of an act in a state, once asked
}

// step is a way a room was seen to go.
type step struct {
	from, to fsm.State
	route    string
}

// level is how much a test made of what it saw.
type level int

const (
	unseen   level = iota
	passed         // it happened
	asserted       // and a test said what it expected
)

func (l *level) raise(to level) { *l = max(*l, to) }

// of finds what was seen of the bot, under the registry's lock.
func (g *registry) of(b *bot.Bot) *seen {
	for _, s := range g.bots {
		if s.bot == b {
			return s
		}
	}
	id := identity(b)
	for _, s := range g.bots {
		if s.id == id {
			return s
		}
	}
	s := &seen{id: id, bot: b, states: map[fsm.State]level{}, routes: map[string]level{}, steps: map[step]level{}, says: map[step]*talk.Turn{}, sent: map[string]string{}}
	g.bots = append(g.bots, s)
	return s
}

// identity is equal for bots that the same code registered.
func identity(b *bot.Bot) string {
	var id strings.Builder
	id.WriteString(b.SenderID())
	for _, r := range b.Routes() {
		id.WriteString("\n" + r.At() + " " + r.String())
	}
	return id.String()
}

// see notes that a turn was played.
func (g *registry) see(s *session, x *exchange) {
	if s.subject.bot == nil || len(x.broken) > 0 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	b := s.seenIn(g)
	x.step.from, _ = s.subject.resolve(x.observed.Before)
	x.step.to, _ = s.subject.resolve(x.observed.After)
	x.step.route = b.routeOf(s.subject, x)
	b.note(x.step, passed)
	if old := b.says[x.step]; old == nil || shorter(x.turn, old) {
		b.says[x.step] = x.turn
	}
}

// seenIn caches the look-up, since identities are long.
func (s *session) seenIn(g *registry) *seen {
	if s.seen == nil {
		s.seen = g.of(s.subject.bot)
	}
	return s.seen
}

// maxSent bounds what is remembered of fuzzed texts.
const maxSent = 100_000

// routeOf returns the route that a request goes to. Asking the bot costs more
// than the request itself where there are hundreds of routes, and the same words
// in the same state go to the same route.
func (b *seen) routeOf(s *subject, x *exchange) string {
	key := x.observed.Before + "\n" + x.turn.String()
	name, known := b.sent[key]
	if known {
		return name
	}
	if m, ok := s.match(x.request); ok && m.Route != nil {
		name = m.Route.String()
	}
	if len(b.sent) < maxSent {
		b.sent[key] = name
	}
	return name
}

func (b *seen) note(st step, l level) {
	n := b.steps[st]
	n.raise(l)
	b.steps[st] = n
	for _, state := range []fsm.State{st.from, st.to} {
		n := b.states[state]
		n.raise(l)
		b.states[state] = n
	}
}

func shorter(a, b *talk.Turn) bool { return len(a.String()) < len(b.String()) }

// assertState notes that a test said where the room must be after the turn.
func (g *registry) assertState(s *session, x *exchange) {
	if s.subject.bot == nil || len(x.broken) > 0 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	s.seenIn(g).note(x.step, asserted)
}

// assertReply notes that a test said what the bot must answer.
func (g *registry) assertReply(s *session, x *exchange) {
	if s.subject.bot == nil || len(x.broken) > 0 || x.step.route == "" {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	s.seenIn(g).routes[x.step.route] = asserted
}

// transition returns how well a declared transition was seen.
func (b *seen) transition(tr fsm.Transition) level {
	best := unseen
	for st, l := range b.steps {
		if b.takes(st, tr) {
			best.raise(l)
		}
	}
	return best
}

// takes reports whether a step takes a transition. Of several between the same
// states the machine takes the first that its guard allows, so the first without
// a guard is the last that can have been taken.
func (b *seen) takes(st step, tr fsm.Transition) bool {
	if st.from == st.to && tr.From != tr.To {
		return false
	}
	for _, t := range b.bot.Machine().From(st.from) {
		switch {
		case t.To != st.to:
		case t.Name == tr.Name && t.From == tr.From:
			return true
		case t.Guard == nil:
			return false
		}
	}
	return false
}

// route returns how well a route was seen.
func (b *seen) route(name string) level {
	best := b.routes[name]
	for st := range b.steps {
		if st.route == name {
			best.raise(passed)
		}
	}
	return best
}
