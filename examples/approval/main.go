// Approval takes a request through a room: one member asks, another one approves
// or rejects, and managers decide when nobody did in time.
package main

import (
	"cmp"
	"context"
	"errors"
	"log"
	"log/slog"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
)

// workflow is what the handlers and guards need.
type workflow struct {
	ledger   Ledger
	managers []string      // their client IDs
	patience time.Duration // how long members have before managers may be called
	now      func() time.Time

	// approved sets off what was approved. The bot may be killed before its
	// answer arrives, and then the same request is approved again: it has to
	// bear being called twice.
	approved func(ctx context.Context, room string, r Request) error
}

func (w *workflow) newBot(verify bot.Verifier) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "approval", Machine: w.flow(), Verify: verify})
	b.Use(polite, fresh)

	b.State(Idle, Approved, Rejected).OnCommand("request", w.request).Help("ask for something, as in /request 3 days off")
	open := b.State(Pending, Escalated)
	open.OnCommand("approve", w.decide("approves", Approved)).Help("say yes to what another member asks for")
	open.OnCommand("reject", w.decide("rejects", Rejected)).Help("say no to it")
	open.OnCommand("withdraw", w.decide("takes back", Idle)).Help("take back what you asked for")
	b.State(Pending).OnCommand("escalate", w.decide("calls the managers about", Escalated, w.managers...)).Help("when nobody decides, let the managers")
	b.State(Approved).OnEnter(w.carryOut)

	// Help lists the commands of the room's state, so it is the answer to those
	// of other states too.
	help := func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say("Now you can say:\n" + b.Help(m.BotState)), nil
	}
	b.OnCommand("help", help).Help("show this list")
	b.OnCondition("a command that is none now", isCommand, help).Example("/nonsense")
	return b
}

func isCommand(m *event.Message) bool { return m.Command().Name != "" }

// polite tells people why they may not do something. All other errors, as of a
// ledger that is down, stay errors: they are logged and the room stays as it is.
func polite(next bot.Handler) bot.Handler {
	return func(ctx context.Context, e event.Event) (bot.Reply, error) {
		reply, err := next(ctx, e)
		var why refusal
		if errors.As(err, &why) {
			return bot.Say("Sorry, " + string(why) + "."), nil
		}
		return reply, err
	}
}

// fresh refuses commands that were sent before the room had its present state:
// of two members who decide at the same moment, the first counts.
func fresh(next bot.Handler) bot.Handler {
	return func(ctx context.Context, e event.Event) (bot.Reply, error) {
		if bot.Stale(ctx) {
			return bot.Reply{}, refusal("somebody was faster")
		}
		return next(ctx, e)
	}
}

const maxRequest = 120 // characters; the web client cuts a card's text at 160

func (w *workflow) request(ctx context.Context, m *event.Message) (bot.Reply, error) {
	what := m.Command().Rest
	if n := utf8.RuneCountInString(what); n == 0 || n > maxRequest {
		return bot.Say("Ask in one sentence, as in /request 3 days off"), nil
	}
	err := w.ledger.Save(ctx, m.RoomID, Request{By: m.From().ID, What: what, At: w.now()})
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Send(message.Buttons(m.From().String()+" asks for: "+what,
		message.TextAction("Approve", "/approve"),
		message.TextAction("Reject", "/reject"))).Go(Pending), nil
}

// decide returns a handler that says who does what, and moves the room. It need
// not ask whether they may: a guard that refuses drops its answer.
func (w *workflow) decide(does string, to fsm.State, tell ...string) bot.MessageHandler {
	return func(ctx context.Context, m *event.Message) (bot.Reply, error) {
		r, err := w.ledger.Load(ctx, m.RoomID)
		if errors.Is(err, ErrNoRequest) {
			r.What = "a request that I have lost"
		} else if err != nil {
			return bot.Reply{}, err
		}
		var text message.Markdown // which shows names and requests as they were written
		text.Bold(m.From().String()).Text(" " + does + ": " + r.What)
		return bot.Send(text.Message().Mention(tell...)).Go(to), nil
	}
}

// carryOut runs once a guard has let the request through.
func (w *workflow) carryOut(ctx context.Context, e event.Event, _ *bot.Reply) error {
	r, err := w.ledger.Load(ctx, e.Head().RoomID)
	if err != nil {
		return err
	}
	return w.approved(ctx, e.Head().RoomID, r)
}

func main() {
	patience, err := time.ParseDuration(cmp.Or(os.Getenv("APPROVAL_PATIENCE"), "24h"))
	if err != nil {
		log.Fatal("APPROVAL_PATIENCE: ", err)
	}
	w := &workflow{
		ledger: &Memory{}, patience: patience, now: time.Now,
		managers: strings.FieldsFunc(cmp.Or(os.Getenv("BOT_MANAGERS"), "boss"), func(r rune) bool { return r == ',' || r == ' ' }),
		approved: func(_ context.Context, room string, r Request) error {
			slog.Info("approved", "room", room, "by", r.By, "at", r.At)
			return nil
		},
	}
	app.App{New: w.newBot}.Main()
}
