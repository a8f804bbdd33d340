package emulator

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// turn is one act in a room, or one fault tried on the bot, with what came of it.
// Emulator.mu guards it until it is done; then it does not change.
type turn struct {
	ID        int         `json:"id"`
	Room      string      `json:"room"`
	Title     string      `json:"title"`
	Fault     string      `json:"fault,omitzero"`
	At        time.Time   `json:"at"`
	Pending   bool        `json:"pending,omitzero"`
	Silent    bool        `json:"silent,omitzero"` // the bot was not told
	Before    string      `json:"before"`
	After     string      `json:"after"`
	Status    int         `json:"status,omitzero"`
	TookMS    float64     `json:"tookMS,omitzero"`
	Verdict   verdict     `json:"verdict"`
	Exchanges []*exchange `json:"exchanges,omitzero"`

	act  talk.Turn    // zero for a fault
	past conversation // how things were before
}

// brief is the turn without what it sent and got, for lists.
func (t *turn) brief() *turn {
	b := *t
	b.Exchanges = nil
	return &b
}

// begin opens a turn. The caller holds the lock.
func (e *Emulator) begin(r *room, title, fault string) *turn {
	e.lastID++
	state := r.chat.BotState()
	t := &turn{ID: e.lastID, Room: r.id, Title: title, Fault: fault, At: time.Now().UTC(), Before: state, After: state}
	t.past = r.conversation.copy(r.id)
	return t
}

// do performs an act in a room, tells the bot, lets its answer take effect and
// returns the turn when all is done. An error means that nothing happened.
func (e *Emulator) do(ctx context.Context, roomID string, act talk.Turn) (*turn, error) {
	d, err := e.start(roomID, act)
	if err != nil {
		return nil, err
	}
	if d.body != nil {
		e.settle(d, e.hook.send(ctx, parcel{body: d.body}))
	}
	return d.turn, nil
}

// delivery is a turn on its way to the bot.
type delivery struct {
	room *room
	turn *turn
	body []byte // nil when the bot is not told
	gen  int    // the room's, when the turn began
}

// start is do up to the request.
func (e *Emulator) start(roomID string, act talk.Turn) (d delivery, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	r, err := e.room(roomID)
	if err != nil {
		return d, err
	}
	t := e.begin(r, title(act), "")
	t.act = act
	event, quirks, err := e.cast().Act(r.chat, &act)
	if err != nil {
		return d, err
	}
	d = delivery{room: r, turn: t, gen: r.gen}
	r.turns = append(r.turns, t)
	e.writeAct(r, t, event)
	if event != nil && r.chat.BotMode() {
		t.Pending = true
		d.body = r.chat.RequestAt(*event, t.Before, quirks...)
	} else {
		t.silent(event)
	}
	t.After = r.chat.BotState()
	e.tellTurn(r, t)
	return d, nil
}

// silent marks a turn of which the bot is not told.
func (t *turn) silent(event *chat.Event) {
	t.Silent = true
	if event != nil {
		t.Verdict.say(info, "bot-mode", "bot mode is off in this room, so nothing was sent; the vendor's documents disagree on whether it stops webhooks")
	}
}

// settle applies the answer, unless the room was rewound meanwhile.
func (e *Emulator) settle(d delivery, x *exchange) {
	e.mu.Lock()
	defer e.mu.Unlock()
	r, t, current := d.room, d.turn, d.gen == d.room.gen
	t.Pending = false
	t.Exchanges = []*exchange{x}
	t.Status, t.TookMS = x.Status, x.TookMS
	t.Verdict = x.verdict()
	switch {
	case !current:
		t.Verdict.say(info, "rewound", "the room was rewound while the bot thought, so the answer has no effect")
		return
	case x.Status == http.StatusOK:
		e.apply(r, t, x)
	case x.Err == "":
		t.Verdict.say(info, "not-applied", "an answer with another status than 200 has no effect here")
	}
	t.After = r.chat.BotState()
	e.tellTurn(r, t)
}

func (e *Emulator) apply(r *room, t *turn, x *exchange) {
	if s := x.answer.ToBotState; s != nil && !e.machine.knows(*s) {
		t.Verdict.say(careful, "undeclared-state", "toBotState names a state that the machine does not have")
	}
	m := r.chat.Apply(x.answer)
	if m == nil {
		return
	}
	e.meet(r, t, m.Sender.ID)
	e.write(r, line{Turn: t.ID, Message: m.JSON, Bot: true, Findings: findingsOf(x.answer), messageID: m.ID})
}

// meet makes somebody known who speaks for the bot and is no member, so that he can
// be added. It is said once.
func (e *Emulator) meet(r *room, t *turn, id string) {
	is := func(u event.User) bool { return u.ID == id }
	if id == "" || r.strangers[id] || slices.ContainsFunc(r.chat.Members(), is) {
		return
	}
	r.strangers[id] = true
	t.Verdict.say(info, "not-a-member", "senderID names nobody in this room; what the server does then is documented nowhere. This is said once")
	if !slices.ContainsFunc(e.users, is) {
		u := e.cast().User(id)
		u.IsRobot = true
		e.setUser(u)
		e.hub.publish(change{Type: "users", Value: e.users})
	}
}

// cast is what transcripts call the people.
func (e *Emulator) cast() *talk.Talk {
	var c talk.Talk
	for _, u := range e.users {
		c.Cast = append(c.Cast, talk.Person{User: u})
	}
	return &c
}

func (e *Emulator) tellTurn(r *room, t *turn) {
	e.hub.publish(change{Type: "turn", Room: r.id, Value: t.brief()})
	e.tellRoom(r)
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
