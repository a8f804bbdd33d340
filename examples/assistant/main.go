// Assistant answers questions from an FAQ by ranked search, or has a language
// model put the answer into words, and hands the room over to a person.
package main

import (
	"cmp"
	"context"
	"errors"
	"log"
	"log/slog"
	"os"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
)

const (
	Answering fsm.State = "answering"
	Person    fsm.State = "person" // a person answers, and the bot is silent
)

// flow lets anybody call a person and give the room back, also in a room that
// another bot left in some state of its own.
var flow = fsm.MustNew(Answering,
	fsm.Transition{Name: "human", From: fsm.Any, To: Person},
	fsm.Transition{Name: "bot", From: fsm.Any, To: Answering},
	fsm.Allow("FSM016", Person, "there the bot is silent to everything but /bot"),
)

// assistant is what the handlers need.
type assistant struct {
	faq    *FAQ
	model  *Model                                 // nil: the FAQ answers alone
	budget time.Duration                          // for an answer; 0 is the SDK's default
	call   func(ctx context.Context, room string) // has a person come into the room
}

func (a *assistant) newBot(verify bot.Verifier) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "assistant", Machine: flow, Verify: verify, Limits: bot.Limits{Budget: a.budget}})
	b.OnCommand("bot", back).Help("let the bot answer again")
	b.OnCommand("human", human).Help("talk to a person")
	b.OnCommand("help", func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say("Just ask.\n" + b.Help(m.BotState)), nil
	}).Help("show this list")
	b.OnMessage(a.answer)
	b.State(Answering).OnJoinRoom(a.welcome)

	person := b.State(Person)
	person.OnMessage(silent)
	person.OnCommand("human", silent, "help")
	person.OnEnter(func(ctx context.Context, e event.Event, _ *bot.Reply) error {
		a.call(ctx, e.Head().RoomID)
		return nil
	})
	return b
}

func silent(context.Context, *event.Message) (bot.Reply, error) { return bot.Reply{}, nil }

func human(context.Context, *event.Message) (bot.Reply, error) {
	return bot.Say("A person will be with you. I am silent until somebody says /bot.").Go(Person), nil
}

func back(context.Context, *event.Message) (bot.Reply, error) {
	return bot.Say("I am back. What would you like to know?").Go(Answering), nil
}

// welcome offers some questions as buttons: pressing one asks it.
func (a *assistant) welcome(context.Context, *event.JoinRoom) (bot.Reply, error) {
	var ask []message.Action
	for _, e := range a.faq.entries[:min(3, len(a.faq.entries))] {
		ask = append(ask, message.TextAction(e.Question, e.Question))
	}
	ask = append(ask, message.TextAction("Talk to a person", "/human"))
	return bot.Send(message.QuickReplies("Welcome! What would you like to know?", ask...)), nil
}

// answer is what the model says, if there is one and it says so in time, and
// otherwise the best entry of the FAQ.
func (a *assistant) answer(ctx context.Context, m *event.Message) (bot.Reply, error) {
	question := shorten(m.Text())
	if question == "" {
		return bot.Reply{}, nil // a picture, a sticker
	}
	found := a.faq.Search(question, 3)
	if a.model != nil {
		said, err := a.ask(ctx, question, found)
		switch {
		case err == nil:
			return bot.Say(message.Escape(shorten(said))), nil // it may have been talked into HTML
		case errors.Is(err, errUnknown):
			return noAnswer(), nil
		default:
			slog.Warn("the FAQ answers in place of the model", "error", err)
		}
	}
	if len(found) == 0 {
		return noAnswer(), nil
	}
	return bot.Say(found[0].Answer), nil
}

// ask gives the model most of the time that is left, and keeps the rest for
// answering without it. The context's deadline is the handler's budget.
func (a *assistant) ask(ctx context.Context, question string, found []Entry) (string, error) {
	if deadline, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(deadline)*4/5)
		defer cancel()
	}
	if len(found) == 0 {
		// It may be asked in other words or another language, which a model knows.
		found = a.faq.entries[:min(maxFacts, len(a.faq.entries))]
	}
	return a.model.Answer(ctx, question, found)
}

const maxFacts = 50

func noAnswer() bot.Reply {
	return bot.Send(message.QuickReplies("I do not know that. Would you like to talk to a person?",
		message.TextAction("Yes, please", "/human")))
}

const maxText = 1000 // characters of a question that are looked at, and of an answer

func shorten(text string) string {
	r := []rune(text)
	return string(r[:min(len(r), maxText)])
}

func main() {
	budget, err := time.ParseDuration(cmp.Or(os.Getenv("ASSISTANT_BUDGET"), "2.5s"))
	if err != nil {
		log.Fatal("ASSISTANT_BUDGET: ", err)
	}
	a := &assistant{faq: ParseFAQ(bundled), model: ModelFromEnv(), budget: budget}
	// A line in the log, in place of a message to those on duty.
	a.call = func(_ context.Context, room string) { slog.Info("a person is wanted", "room", room) }
	app.App{New: a.newBot}.Main()
}
