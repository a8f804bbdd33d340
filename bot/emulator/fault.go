package emulator

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/event"
)

// fault is something that goes wrong between servers and bots. Trying it never
// changes the room or its conversation: its requests are made in a copy, and
// answers are judged and not applied.
type fault struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	About string `json:"about"`

	try func(*trial)
}

// faults are in the order of the page's buttons.
var faults = []fault{
	{"redeliver", "Redeliver", "the last request once more, byte for byte; a bot should answer as it did the first time", redeliver},
	{"five", "Five at once", "five messages at the same moment", fiveAtOnce},
	{"order", "Out of order", "a message, and then one that was written before it", outOfOrder},
	{"stale", "Stale state", "the state the room was in before the last move", staleState},
	{"undeclared", "Unknown state", "a state that no release of the bot ever had", unknownState},
	{"echo", "Own message", "the bot's own last message, as if the server told it of that", ownMessage},
	{"giveup", "Give up early", "the connection is closed after a millisecond, then the request comes again", giveUp},
	{"secret", "Wrong secret", "other values in all configured headers", wrongSecret},
	{"broken", "Broken JSON", "half a request", brokenJSON},
	{"unknown", "Unknown event", "an event that the spec does not have", unknownEvent},
	{"oversize", "Oversize", "a message of two megabytes", oversize},
}

var errNoFault = errors.New("there is no such fault")

// trial is one fault being tried.
type trial struct {
	ctx  context.Context
	hook *hook
	room *chat.Room // a copy
	who  event.User
	last *turn // the room's last turn with a request, nil for none
	prev string
	turn *turn
}

// tryFault tries a fault as somebody in a room and shows the verdict.
func (e *Emulator) tryFault(ctx context.Context, roomID, name, who string) (*turn, error) {
	i := slices.IndexFunc(faults, func(f fault) bool { return f.Name == name })
	if i < 0 {
		return nil, errNoFault
	}
	return e.try(ctx, roomID, who, faults[i])
}

// sendRaw sends any bytes to the bot, to see what it makes of them.
func (e *Emulator) sendRaw(ctx context.Context, roomID, body string) (*turn, error) {
	return e.try(ctx, roomID, "", fault{Name: "raw", Title: "Own request", try: func(p *trial) {
		p.answered(p.send(parcel{body: []byte(body)})[0])
	}})
}

func (e *Emulator) try(ctx context.Context, roomID, who string, f fault) (*turn, error) {
	e.mu.Lock()
	r, err := e.room(roomID)
	if err != nil {
		e.mu.Unlock()
		return nil, err
	}
	t := e.begin(r, f.Title, f.Name)
	gen := r.gen
	p := &trial{ctx: ctx, hook: e.hook, room: r.chat.Fork(r.id), who: e.cast().User(who), turn: t}
	p.last, p.prev = r.lastSent()
	e.mu.Unlock()

	t.Verdict.Grade = kept
	f.try(p)

	e.mu.Lock()
	defer e.mu.Unlock()
	t.sum()
	e.lastID++
	t.ID = e.lastID // turns are in the order of their IDs, and others came meanwhile
	if gen == r.gen {
		r.turns = append(r.turns, t)
		e.tellTurn(r, t)
	}
	return t, nil
}

// sum fills what lists show from the exchanges, and lets go of the bodies, of
// which the shown part is kept.
func (t *turn) sum() {
	for _, x := range t.Exchanges {
		t.Status = x.Status
		t.TookMS = max(t.TookMS, x.TookMS)
		x.sent, x.got.Body = nil, nil
	}
}

// lastSent finds the last ordinary turn of this very room that had a request, and
// the state before the last move.
func (r *room) lastSent() (last *turn, prev string) {
	prev = r.start
	moved := false
	for _, t := range slices.Backward(r.turns) {
		if last == nil && t.Room == r.id && t.Fault == "" && !t.Silent && !t.Pending {
			last = t
		}
		if !moved && t.Before != t.After {
			prev, moved = t.Before, true
		}
	}
	return last, prev
}

func (p *trial) send(parcels ...parcel) []*exchange {
	var all []*exchange
	for _, one := range parcels {
		all = append(all, p.hook.send(p.ctx, one))
	}
	p.turn.Exchanges = append(p.turn.Exchanges, all...)
	return all
}

func (p *trial) say(g grade, code, text string) { p.turn.Verdict.say(g, code, text) }

// text is the event of a message in the copy of the room.
func (p *trial) text(s string) chat.Event {
	ev, err := p.room.Post(p.who, chat.Text(s))
	if err != nil {
		panic(err) // chat.Text is always an object
	}
	return ev
}

// answered demands a good answer with 200.
func (p *trial) answered(x *exchange) bool {
	for _, n := range x.verdict().Notes {
		p.say(n.Grade, n.Code, n.Text)
	}
	return x.Err == "" && len(x.Broken) == 0
}

// refused demands one of the statuses, with an answer that does nothing.
func (p *trial) refused(x *exchange, why string, statuses ...int) {
	switch {
	case x.Err != "":
		p.say(broken, "no-answer", x.Err)
	case !x.wellFormed():
		for _, b := range x.Broken {
			p.say(broken, b.Code, b.Text)
		}
	case x.Status == http.StatusOK:
		p.say(careful, "accepted", why)
	case !slices.Contains(statuses, x.Status):
		p.say(careful, "status", fmt.Sprintf("the status is %d; %d tells better what is wrong", x.Status, statuses[0]))
	case !x.noop():
		p.say(broken, "effect", "a request that is refused must have no effect, but the answer moves the room or says something")
	default:
		p.say(info, "refused", fmt.Sprintf("refused with %d and an answer that does nothing", x.Status))
	}
}
