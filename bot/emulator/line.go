package emulator

import (
	"fmt"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// line is what stands in the chat: a message, or a remark between messages.
type line struct {
	ID       int            `json:"id"`
	Turn     int            `json:"turn,omitzero"`
	Text     string         `json:"text,omitzero"` // of a remark
	Grade    grade          `json:"grade,omitzero"`
	Message  jsontext.Value `json:"message,omitzero"`
	Bot      bool           `json:"bot,omitzero"`
	Findings []finding      `json:"findings,omitzero"`

	messageID string
}

// write appends a line and tells the pages.
func (e *Emulator) write(r *room, l line) {
	e.lastID++
	l.ID = e.lastID
	r.lines = append(r.lines, &l)
	e.hub.publish(change{Type: "line", Room: r.id, Value: &l})
}

// rewrite changes the line of a message that was edited.
func (e *Emulator) rewrite(r *room, id string, m jsontext.Value) {
	i := slices.IndexFunc(r.lines, func(l *line) bool { return l.messageID == id })
	if i < 0 {
		return
	}
	l := *r.lines[i]
	l.Message, l.Findings = m, nil
	r.lines = slices.Clone(r.lines) // copies of the conversation share the old ones
	r.lines[i] = &l
	e.hub.publish(change{Type: "line", Room: r.id, Value: &l})
}

// title is the act as a transcript writes it, on one line of moderate length.
func title(act talk.Turn) string {
	if act.Say.Form == talk.JSON {
		var m struct {
			Type string `json:"messageType"`
		}
		_ = json.Unmarshal(act.Say.JSON, &m, lax)
		act.Say = talk.TextValue("[" + m.Type + "]")
	}
	s, more, _ := strings.Cut(strings.TrimSpace(act.String()), "\n")
	if r := []rune(s); len(r) > 120 {
		return string(r[:119]) + "…"
	} else if more != "" {
		return s + " …"
	}
	return s
}

// writeAct shows in the chat what somebody did.
func (e *Emulator) writeAct(r *room, t *turn, ev *chat.Event) {
	switch t.act.Verb {
	case talk.Says:
		e.write(r, line{Turn: t.ID, Message: ev.Data, messageID: messageID(ev.Data)})
	case talk.Edits:
		e.rewrite(r, messageID(ev.Data), ev.Data)
	default:
		e.write(r, line{Turn: t.ID, Text: e.remark(t.act)})
	}
}

func messageID(m jsontext.Value) string {
	var v struct {
		ID string `json:"_id"`
	}
	_ = json.Unmarshal(m, &v, lax)
	return v.ID
}

// remark tells of an act that is no message.
func (e *Emulator) remark(a talk.Turn) string {
	who := e.nick(a.Who)
	switch a.Verb {
	case talk.Joins:
		return who + " joined"
	case talk.Leaves:
		return who + " left"
	case talk.Adds:
		return who + " added " + e.nicks(a.Whom)
	case talk.Removes:
		return who + " removed " + e.nicks(a.Whom)
	case talk.At:
		return "State set to " + stateName(a.To)
	}
	return fmt.Sprintf("Event %s sent", a.Kind)
}

func (e *Emulator) nick(id string) string { return e.cast().User(id).Nickname }

func (e *Emulator) nicks(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, e.nick(id))
	}
	return strings.Join(names, ", ")
}

// stateName is a state for people to read: the unset one has a name too.
func stateName(s string) string {
	if s == "" {
		return "(unset)"
	}
	return s
}
