package talk

import (
	"strings"
)

// String returns the file as [Parse] reads it, with its comments and blank lines.
func (f *File) String() string {
	var w writer
	for i, t := range f.Talks {
		w.talk(t, i)
	}
	w.lead(f.Tail)
	return w.b.String()
}

// String returns what is done and expected, without the comments above.
func (t *Turn) String() string {
	var w writer
	w.act(t)
	w.wants(t, false)
	return w.b.String()
}

// Wants returns what is expected, without the act.
func (t *Turn) Wants() string {
	var w writer
	w.wants(t, false)
	return w.b.String()
}

type writer struct{ b strings.Builder }

func (w *writer) line(parts ...string) {
	for _, p := range parts {
		w.b.WriteString(p)
	}
	w.b.WriteByte('\n')
}

func (w *writer) lead(lines []string) {
	for _, l := range lines {
		w.line(l)
	}
}

func (w *writer) talk(t *Talk, i int) {
	if i > 0 && len(t.Lead) == 0 {
		w.line()
	}
	w.lead(t.Lead)
	switch {
	case t.implied:
	case t.State != "":
		w.line("room ", word(t.Room), " at ", state(t.State))
	default:
		w.line("room ", word(t.Room))
	}
	for _, p := range t.Cast {
		w.person(p, t)
	}
	for _, turn := range t.Turns {
		w.lead(turn.Lead)
		w.act(turn)
		w.wants(turn, true)
	}
}

func (w *writer) person(p Person, t *Talk) {
	w.lead(p.Lead)
	kind := "user "
	if p.User.IsRobot {
		kind = "robot "
	}
	if p.User.Nickname == capital(p.User.ID) {
		w.line(kind, word(p.User.ID))
	} else {
		w.line(kind, word(p.User.ID), " ", state(p.User.Nickname))
	}
}

func (w *writer) act(t *Turn) {
	switch t.Verb {
	case Says:
		w.value(word(t.Who)+": ", t.Say, false)
	case Edits:
		w.value(word(t.Who)+" edits: ", t.Say, false)
	case Adds, Removes:
		var ids []string
		for _, id := range t.Whom {
			ids = append(ids, word(id))
		}
		w.line(word(t.Who), " ", string(t.Verb), " ", strings.Join(ids, ", "))
	case Sends:
		w.line(strings.TrimSpace(whose(t.Who) + "event " + word(string(t.Kind)) + " " + string(t.Data)))
	case At:
		w.line("at ", state(t.To))
	default:
		w.line(word(t.Who), " ", string(t.Verb))
	}
}

func whose(id string) string {
	if id == "" {
		return ""
	}
	return word(id) + " "
}

// wants writes what stands below the act.
func (w *writer) wants(t *Turn, comments bool) {
	lead := func(l Line) {
		if comments {
			w.lead(l.Lead)
		}
	}
	if t.With != nil {
		lead(t.With.Line)
		w.line("with ", strings.Join(t.With.Quirks, " "))
	}
	if r := t.Reply; r != nil {
		lead(r.Line)
		mark := "< "
		if r.Sender != "" {
			mark = "<" + word(r.Sender) + "> "
		}
		w.value(mark, r.Value, true)
	}
	if t.Goes != nil {
		lead(t.Goes.Line)
		w.line("= ", state(t.Goes.State))
	}
}

func (w *writer) value(mark string, v Value, inReply bool) {
	for i, l := range v.lines(inReply) {
		switch {
		case i == 0:
			w.line(mark, l)
		case l == "":
			w.line("|")
		default:
			w.line("| ", l)
		}
	}
}
