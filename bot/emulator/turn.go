package emulator

import (
	"context"
	"net/http"
	"time"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
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

func (e *Emulator) tellTurn(r *room, t *turn) {
	e.hub.publish(change{Type: "turn", Room: r.id, Value: t.brief()})
	e.tellRoom(r)
}
