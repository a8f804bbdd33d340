package bottest

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/fsm"
)

// cell is one input tried in one state.
type cell struct {
	state   fsm.State // where it was tried
	input   input
	session *session
	x       *exchange
	route   *bot.Route // where the bot sent it, nil for nowhere
	to      fsm.State  // where the room went
}

// atlas is everything that was tried, by the state it was tried in.
type atlas struct {
	kit    *kit
	start  fsm.State
	states []fsm.State
	cells  map[fsm.State][]*cell
}

// maxStates bounds the states of a bot without a machine, which may make them up.
const maxStates = 5000

// explore tries every input in every state, each in a room of its own. The
// states are those that the machine declares and that routes name, and without a
// machine those that the bot turns out to use.
func (k *kit) explore(h http.Handler) *atlas {
	k.t.Helper()
	s := newSubject(h)
	if s.bot == nil {
		k.t.Fatal("bottest: only a *bot.Bot declares what can be tried; this is another handler")
	}
	start, _ := s.resolve("")
	a := &atlas{kit: k, start: start, cells: map[fsm.State][]*cell{}}
	a.add(start)
	if m := s.bot.Machine(); m != nil {
		a.add(m.States()...)
	}
	for _, r := range s.bot.Routes() {
		a.add(r.States()...)
	}
	for i := 0; i < len(a.states) && i < maxStates; i++ {
		for j, in := range s.inputs(a.states[i]) {
			c := k.try(h, a.states[i], in, fmt.Sprintf("cell-%d-%d", i, j))
			a.cells[c.state] = append(a.cells[c.state], c)
			a.add(c.to)
		}
	}
	return a
}

func (a *atlas) add(states ...fsm.State) {
	for _, s := range states {
		if !slices.Contains(a.states, s) {
			a.states = append(a.states, s)
		}
	}
}

// try plays one input in a room that is in a state.
func (k *kit) try(h http.Handler, state fsm.State, in input, room string) *cell {
	s := k.open(h, &talk.Talk{Room: room, State: string(state)})
	defer s.client.close()
	c := &cell{state: state, input: in, session: s, to: state}
	x, err := s.play(in.turn)
	if err != nil {
		panic("bottest: " + err.Error()) // inputs are made to be playable
	}
	c.x = x
	c.to, _ = s.subject.resolve(x.observed.After)
	if m, ok := s.subject.match(x.request); ok {
		c.route = m.Route
	}
	return c
}

// maxTalk is where a tour begins another conversation.
const maxTalk = 1000

// tour returns conversations that together say everything everywhere: each input
// once in each state that can be reached by talking. Every conversation begins in
// a room that has no state yet. Of a bot that is too large the tour takes what
// limit turns reach.
func (a *atlas) tour(limit int) []*talk.Talk {
	left := a.sound()
	var all []*talk.Talk
	for turns := 0; len(left) > 0 && turns < limit; turns += len(all[len(all)-1].Turns) {
		tk := &talk.Talk{Room: fmt.Sprintf("tour-%d", len(all)+1)}
		for at := a.start; len(tk.Turns) < min(maxTalk, limit-turns); {
			path := a.path(at, func(c *cell) bool { return left[c] })
			if path == nil {
				break
			}
			for _, c := range path {
				delete(left, c)
				tk.Turns = append(tk.Turns, c.input.turn)
				at = c.to
			}
		}
		if len(tk.Turns) == 0 {
			return all // what is left cannot be reached by talking
		}
		all = append(all, tk)
	}
	return all
}

// sound returns the cells in which nothing broke.
func (a *atlas) sound() map[*cell]bool {
	all := map[*cell]bool{}
	for _, cells := range a.cells {
		for _, c := range cells {
			if len(c.x.broken) == 0 {
				all[c] = true
			}
		}
	}
	return all
}

// path returns the shortest conversation from a state whose last cell is wanted,
// nil for none.
func (a *atlas) path(from fsm.State, wanted func(*cell) bool) []*cell {
	came := map[fsm.State]*cell{from: nil}
	for queue := []fsm.State{from}; len(queue) > 0; queue = queue[1:] {
		for _, c := range a.cells[queue[0]] {
			if len(c.x.broken) > 0 {
				continue
			}
			if wanted(c) {
				return trace(came, c)
			}
			if _, seen := came[c.to]; !seen {
				came[c.to] = c
				queue = append(queue, c.to)
			}
		}
	}
	return nil
}

func trace(came map[fsm.State]*cell, last *cell) []*cell {
	path := []*cell{last}
	for c := came[last.state]; c != nil; c = came[c.state] {
		path = append(path, c)
	}
	slices.Reverse(path)
	return path
}
