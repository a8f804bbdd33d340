package bottest

import (
	"math"
	"net/http"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/internal/talk"
)

// Cells puts a room into every state and tries there the examples of every route
// (see bot.Route.Example; commands and texts are their own) and one request of
// each kind, each once. It fails when an answer breaks the protocol, when the bot
// answers with an error, or when an example reaches its route in no state at all.
// With [AlwaysAnswers] it also fails when somebody writes and nothing comes back.
//
// It costs states x inputs requests, some twenty microseconds each.
func Cells[H http.Handler](t testing.TB, newBot func() H, opts ...Option) {
	t.Helper()
	k := newKit(t, newBot, opts)
	a := k.explore(k.newBot())
	reached := map[*bot.Route]map[string]bool{}
	for _, state := range a.states {
		for _, c := range a.cells[state] {
			c.check(t, k.conf.answers)
			if r := c.input.route; r != nil && reached[r] == nil {
				reached[r] = map[string]bool{}
			}
			if r := c.input.route; r != nil {
				text := c.input.turn.String()
				reached[r][text] = reached[r][text] || c.route == r
			}
		}
	}
	for _, state := range a.states {
		for _, c := range a.cells[state] {
			if r := c.input.route; r != nil && !reached[r][c.input.turn.String()] {
				reached[r][c.input.turn.String()] = true
				t.Errorf("%s", c.session.report(c.x, "this example of "+r.String()+" ("+r.At()+") reaches it in no state"))
			}
		}
	}
}

// check fails the test when the cell broke a rule.
func (c *cell) check(t testing.TB, answers bool) {
	t.Helper()
	silent := c.x.observed.Message == nil && c.x.observed.After == c.x.observed.Before
	switch {
	case len(c.x.broken) > 0:
		t.Errorf("%s", c.session.report(c.x, "the protocol is broken", violations(c.x.broken)...))
	case answers && silent && c.input.turn.Verb == talk.Says:
		t.Errorf("%s", c.session.report(c.x, "somebody writes and the bot does nothing"))
	}
}

// AlwaysAnswers makes [Cells] fail in states where a message, expected or not, is
// met with silence: a forgotten fallback, or a handler that forgot its reply.
// Leave it out for bots that may overhear a conversation among people.
func AlwaysAnswers() Option { return func(c *config) { c.answers = true } }

// Tour talks the bot through every way from state to state that its examples
// open, from a room without a state on and without ever setting one. It fails
// when a conversation breaks the protocol, or ends up elsewhere than the same
// words did when [Cells] said them: then something is kept outside of botState.
func Tour[H http.Handler](t testing.TB, newBot func() H, opts ...Option) {
	t.Helper()
	k := newKit(t, newBot, opts)
	a := k.explore(k.newBot())
	for _, tk := range a.tour(math.MaxInt) {
		c := func(tk *talk.Talk) *failure { return k.walk(a, tk) }
		if f := c(tk); f != nil {
			k.show(tk, f, c)
			return
		}
	}
}

// walk plays a conversation and compares each step with the atlas.
func (k *kit) walk(a *atlas, tk *talk.Talk) *failure {
	s := k.open(k.newBot(), tk)
	defer s.client.close()
	for _, turn := range tk.Turns {
		x, err := s.play(turn)
		if err != nil || x == nil {
			continue
		}
		if len(x.broken) > 0 {
			return &failure{s, x, "the protocol is broken", violations(x.broken)}
		}
		before, _ := s.subject.resolve(x.observed.Before)
		after, _ := s.subject.resolve(x.observed.After)
		for _, c := range a.cells[before] {
			if c.input.turn == turn && c.to != after {
				return &failure{s, x, "the room goes elsewhere than from a room that was put into this state",
					[]string{"by itself  " + show(string(c.to)), "here       " + show(string(after))}}
			}
		}
	}
	return nil
}
