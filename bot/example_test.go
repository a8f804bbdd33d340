package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
)

// say posts a text of Ann's to the bot, as the chat server does, and prints the
// answer.
func say(h http.Handler, state, text string) {
	body := fmt.Sprintf(`{"roomID":"demo-room","event":"MESSAGE","botState":%q,
		"data":{"message":%q,"messageType":"text","sender":{"_id":"ann","nickname":"Ann"}}}`, state, text)
	r := httptest.NewRequest(http.MethodPost, "/webhook", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.RemoteAddr = "127.0.0.1:40000"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	answer, _ := io.ReadAll(w.Body)
	fmt.Println(w.Code, string(answer))
}

// The smallest bot.
func Example() {
	b := bot.MustNew(bot.Config{SenderID: "echo"})
	b.OnMessage(func(ctx context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say(m.Text()), nil
	})

	say(b, "", "Hello")
	// Output: 200 {"senderID":"echo","toBotState":null,"data":{"messageType":"text","message":"Hello"}}
}

// A Bot is an http.Handler: this is a whole program.
func ExampleBot() {
	b := bot.MustNew(bot.Config{SenderID: "echo"})
	b.OnMessage(func(ctx context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say("You said: " + message.Escape(m.Text())), nil
	})
	if err := bot.ListenAndServe(context.Background(), "localhost:8080", b, b.Close); err != nil {
		log.Fatal(err)
	}
}

// A bot with states: the server keeps each room's state and sends it along.
func ExampleGroup_State() {
	const idle, size fsm.State = "idle", "size"
	b := bot.MustNew(bot.Config{
		SenderID: "barista",
		Machine: fsm.MustNew(idle,
			fsm.Transition{Name: "order", From: idle, To: size},
			fsm.Transition{Name: "sized", From: size, To: idle},
			fsm.Transition{Name: "cancel", From: fsm.Any, To: idle},
		),
	})
	b.OnCommand("cancel", func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Say("Never mind.").Go(idle), nil
	})
	b.State(idle).OnText("order", func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Go(size), nil
	})
	b.State(size).Prompt("Small or large?")
	b.State(size).OnText("small", func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say("One " + m.Text() + " coffee.").Go(idle), nil
	}, "large")

	say(b, "", "order")
	say(b, "size", "large")
	say(b, "size", "/cancel")
	// Output:
	// 200 {"senderID":"barista","toBotState":"size","data":{"messageType":"text","message":"Small or large?"}}
	// 200 {"senderID":"barista","toBotState":"idle","data":{"messageType":"text","message":"One large coffee."}}
	// 200 {"senderID":"barista","toBotState":"idle","data":{"messageType":"text","message":"Never mind."}}
}

// Named groups of a pattern are read with Param.
func ExampleGroup_OnPattern() {
	b := bot.MustNew(bot.Config{SenderID: "barista"})
	b.OnPattern(`^(?<count>\d+) (?<size>small|large)$`, func(ctx context.Context, _ *event.Message) (bot.Reply, error) {
		return bot.Say(bot.Param(ctx, "count") + " cups, " + bot.Param(ctx, "size")), nil
	})

	say(b, "", "2 large")
	// Output: 200 {"senderID":"barista","toBotState":null,"data":{"messageType":"text","message":"2 cups, large"}}
}

// Arguments of a command may be quoted.
func ExampleGroup_OnCommand() {
	b := bot.MustNew(bot.Config{SenderID: "barista"})
	b.OnCommand("order", func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say(strings.Join(m.Command().Args, " | ")), nil
	}).Help("order a drink")
	b.OnCommand("help", func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say(b.Help(m.BotState)), nil
	}).Help("show this list")

	say(b, "", `/order large "to go"`)
	say(b, "", "/help")
	// Output:
	// 200 {"senderID":"barista","toBotState":null,"data":{"messageType":"text","message":"large | to go"}}
	// 200 {"senderID":"barista","toBotState":null,"data":{"messageType":"text","message":"/help  show this list\n/order  order a drink"}}
}

// An answer may be a rich message; its buttons come back as texts.
func ExampleSend() {
	b := bot.MustNew(bot.Config{SenderID: "barista"})
	b.OnText("menu", func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Send(message.Confirm("Coffee?", message.TextAction("Yes", "yes"), message.TextAction("No", "no"))), nil
	})
	b.OnText("yes", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Say("Here you are."), nil })

	say(b, "", "yes")
	// Output: 200 {"senderID":"barista","toBotState":null,"data":{"messageType":"text","message":"Here you are."}}
}

var errSoldOut = errors.New("sold out")

// A middleware turns an error into an answer for the person.
func ExampleGroup_Use() {
	b := bot.MustNew(bot.Config{SenderID: "barista"})
	b.Use(func(next bot.Handler) bot.Handler {
		return func(ctx context.Context, e event.Event) (bot.Reply, error) {
			r, err := next(ctx, e)
			if errors.Is(err, errSoldOut) {
				return bot.Say("Sorry, we are out of that."), nil
			}
			return r, err
		}
	})
	b.OnText("cake", func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Reply{}, fmt.Errorf("cake: %w", errSoldOut)
	})

	say(b, "", "cake")
	// Output: 200 {"senderID":"barista","toBotState":null,"data":{"messageType":"text","message":"Sorry, we are out of that."}}
}

// Match tells which handler would run and why the others would not.
func ExampleBot_Match() {
	b := bot.MustNew(bot.Config{SenderID: "barista"})
	answer := func(context.Context, *event.Message) (bot.Reply, error) { return bot.Say("ok"), nil }
	b.OnMessage(answer)
	b.OnText("order", answer)

	m := b.Match(&event.Message{Type: "text", Body: event.TextBody("order"), Sender: event.User{ID: "ann"}})
	fmt.Println(m.Route, "-", m.Why)
	for _, other := range m.Others {
		fmt.Println(other.Route, "-", other.Why)
	}
	// Output:
	// any state: text order - the most precise fit (text, bot-wide)
	// any state: event MESSAGE - a match by text comes before one by event
}

// Check finds what may well be wrong before a person does.
func ExampleBot_Check() {
	const idle, size fsm.State = "idle", "size"
	b := bot.MustNew(bot.Config{SenderID: "barista", Machine: fsm.MustNew(idle,
		fsm.Transition{Name: "order", From: idle, To: size},
		fsm.Transition{Name: "sized", From: size, To: idle},
	)})
	b.State(idle).OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(size), nil })
	b.State(size).OnText("large", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(idle), nil })
	for _, f := range b.Check() {
		fmt.Println(f.Code, f.State, f.Path)
		fmt.Println(f.Why)
		fmt.Println(f.Fix)
	}
	// Output:
	// FSM013 size idle --order--> size
	// in state "size" a message that no other route matches is answered with nothing
	// register OnMessage or a Fallback for the state or for the bot
}

// Several secrets are good at the same time while they are rotated.
func ExampleSecretHeader() {
	_, err := bot.New(bot.Config{
		SenderID: "barista",
		Verify:   bot.SecretHeader("X-Bot-Secret", "the-new-secret-of-june", os.Getenv("NOT_SET")),
	})
	fmt.Println(err)
	// Output: bot: Config.Verify: secret 1 is empty (is its environment variable set?)
}

// Counters is the observer without dependencies; the interface is small enough
// for any metrics library.
func ExampleCounters() {
	var counters bot.Counters
	b := bot.MustNew(bot.Config{SenderID: "barista", Observer: &counters})
	b.OnText("order", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Reply{}, nil })
	say(b, "", "order")
	say(b, "", "something else")
	for _, c := range counters.Counts() {
		fmt.Println(c.Kind, c.Outcome, c.Count)
	}
	// Output:
	// 200 {"toBotState":null,"data":null}
	// 200 {"toBotState":null,"data":null}
	// MESSAGE quiet 1
	// MESSAGE unrouted 1
}

// A program that serves until it is told to end, and then answers what it has
// accepted.
func ExampleListenAndServe() {
	b := bot.MustNew(bot.Config{
		SenderID: "barista",
		Verify:   bot.SecretHeader("X-Bot-Secret", os.Getenv("BOT_SECRET")),
		Late:     bot.Say("One moment, please ..."),
		Logger:   slog.New(slog.NewJSONHandler(os.Stderr, nil)),
		Limits:   bot.Limits{Budget: 2 * time.Second},
	})
	mux := http.NewServeMux()
	mux.Handle("/webhook", b)
	if err := bot.ListenAndServe(context.Background(), ":8080", mux, b.Close); err != nil {
		log.Fatal(err)
	}
}
