package talk

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Observed is what a bot did in one turn.
type Observed struct {
	Sender        string
	Message       jsontext.Value // nil for silence
	Before, After string         // the room's state
}

// Observe returns the turn as it should be written for what was observed, and
// what differs from the turn as it is, a sentence each. What is met stays as it
// was written: a pattern stays a pattern. usual is the ID behind plain "<" lines.
func (t *Turn) Observe(o Observed, usual string) (*Turn, []string) {
	got := *t
	var wrong []string
	got.Reply, wrong = t.observeReply(o, usual)
	var w string
	if got.Goes, w = t.observeState(o); w != "" {
		wrong = append(wrong, w)
	}
	return &got, wrong
}

func (t *Turn) observeReply(o Observed, usual string) (*Reply, []string) {
	if o.Message == nil {
		if t.Reply != nil {
			return nil, []string{"the bot is silent, an answer was expected"}
		}
		return nil, nil
	}
	got := &Reply{Value: MessageValue(o.Message)}
	if o.Sender != usual {
		got.Sender = o.Sender
	}
	if t.Reply == nil {
		return got, []string{"the bot answers, silence was expected"}
	}
	got.Line = t.Reply.Line
	var wrong []string
	if w := t.Reply.Value.Match(o.Message); w != "" {
		wrong = append(wrong, w)
	} else {
		got.Value = t.Reply.Value
	}
	switch want := t.Reply.Sender; {
	case want == o.Sender:
		got.Sender = want
	case want != "" || o.Sender != usual:
		wrong = append(wrong, fmt.Sprintf("%s speaks, expected %s", word(o.Sender), word(first(want, usual))))
	}
	return got, wrong
}

func (t *Turn) observeState(o Observed) (*Goes, string) {
	switch {
	case t.Goes != nil && t.Goes.State == o.After:
		return t.Goes, ""
	case t.Goes != nil:
		wrong := fmt.Sprintf("the room is in %s, expected %s", state(o.After), state(t.Goes.State))
		if o.After == o.Before {
			return nil, wrong
		}
		return &Goes{t.Goes.Line, o.After}, wrong
	case o.After != o.Before:
		return &Goes{State: o.After}, fmt.Sprintf("the room goes to %s, expected to stay in %s", state(o.After), state(o.Before))
	}
	return nil, ""
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// Diff returns the turns that are written differently in want and got, which
// have the same acts: each with its place, lines only of want marked "-" and
// lines only of got "+". It is empty when there are none.
func Diff(want, got *File) string {
	var b strings.Builder
	for i, t := range want.Talks {
		for j, turn := range t.Turns {
			diffTurn(&b, want.Path, turn, got.Talks[i].Turns[j])
		}
	}
	return b.String()
}

func diffTurn(b *strings.Builder, path string, want, got *Turn) {
	if want.String() == got.String() {
		return
	}
	fmt.Fprintf(b, "%s:%d:\n", path, want.No)
	mark(b, "    ", part(want, func(w *writer, t *Turn) { w.act(t) }))
	for _, section := range []func(*Turn) *Turn{
		func(t *Turn) *Turn { return &Turn{With: t.With} },
		func(t *Turn) *Turn { return &Turn{Reply: t.Reply} },
		func(t *Turn) *Turn { return &Turn{Goes: t.Goes} },
	} {
		wants := func(w *writer, t *Turn) { w.wants(section(t), false) }
		w, g := part(want, wants), part(got, wants)
		if w == g {
			mark(b, "    ", w)
			continue
		}
		mark(b, "  - ", w)
		mark(b, "  + ", g)
	}
}

func part(t *Turn, f func(*writer, *Turn)) string {
	var w writer
	f(&w, t)
	return w.b.String()
}

func mark(b *strings.Builder, mark, text string) {
	for line := range strings.Lines(text) {
		b.WriteString(mark + line)
	}
}
