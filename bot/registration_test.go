package bot_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/message"
	"github.com/stretchr/testify/require"
)

// Every misuse fails at the start and names the line to blame.
func TestRegistration(t *testing.T) {
	handler := says("x")
	for _, c := range []struct {
		name    string
		misuse  func(*bot.Bot)
		message string
		why     string
	}{
		{"same command", func(b *bot.Bot) { b.OnCommand("a", handler); b.OnCommand("A", handler) }, `"any state: command a" is already handled: "any state: command a" is registered at bot/registration_test.go:`, "commands have no case"},
		{"same alias", func(b *bot.Bot) { b.OnCommand("a", handler); b.OnCommand("b", handler, "a") }, "already handled", "an alias is a place too"},
		{"same text", func(b *bot.Bot) { b.OnText("Hi  there", handler); b.OnText("hi there", handler) }, "already handled", "texts are folded"},
		{"same pattern", func(b *bot.Bot) { b.OnPattern("x", handler); b.OnPattern("x", handler) }, "already handled", "the second would never run"},
		{"same type", func(b *bot.Bot) { b.OnType("image", handler); b.OnType("image", handler) }, "already handled", "one handler a place"},
		{"same event", func(b *bot.Bot) { b.OnMessage(handler); b.OnMessage(handler) }, "already handled", "one handler a place"},
		{"same fallback", func(b *bot.Bot) { b.Fallback(any1); b.Fallback(any1) }, "already handled", "one handler a place"},
		{"same in a state", func(b *bot.Bot) { b.State(idle).OnMessage(handler); b.State(idle).OnMessage(handler) }, "already handled", "groups of one state are one place"},
		{"overlapping groups", func(b *bot.Bot) { b.State(idle, size).OnMessage(handler); b.State(size, confirm).OnMessage(handler) }, "already handled", "neither is nearer to size"},
		{"nil handler", func(b *bot.Bot) { b.OnMessage(nil) }, "is nil", "would panic at night"},
		{"nil fallback", func(b *bot.Bot) { b.Fallback(nil) }, "is nil", "would panic at night"},
		{"nil condition", func(b *bot.Bot) { b.OnCondition("x", nil, handler) }, "condition is nil", "would panic at night"},
		{"nil hook", func(b *bot.Bot) { b.State(idle).OnEnter(nil) }, "hook is nil", "would panic at night"},
		{"empty command", func(b *bot.Bot) { b.OnCommand("", handler) }, "empty command", "matches nothing"},
		{"blank in command", func(b *bot.Bot) { b.OnCommand("start over", handler) }, "no blank", "a name ends at a blank"},
		{"empty text", func(b *bot.Bot) { b.OnText("  ", handler) }, "empty text", "matches nothing"},
		{"empty type", func(b *bot.Bot) { b.OnType("", handler) }, "empty type", "matches nothing"},
		{"bad pattern", func(b *bot.Bot) { b.OnPattern("(", handler) }, "does not compile", "seen at once"},
		{"known as unknown", func(b *bot.Bot) { b.OnUnknown(event.KindMessage, nil) }, "known kind", "would never run"},
		{"undeclared state", func(b *bot.Bot) { b.State("sise") }, `"sise" is not declared`, "a slip of the pen"},
		{"empty state", func(b *bot.Bot) { b.State("") }, "state is empty", "the initial state has a name"},
		{"any state", func(b *bot.Bot) { b.State("*") }, "on the bot itself", "one way to say it"},
		{"no state", func(b *bot.Bot) { b.State() }, "at least one state", "a group of nothing"},
		{"outside the group", func(b *bot.Bot) { b.State(idle, size).State(confirm) }, "not one of the outer group's", "nesting narrows"},
		{"late middleware", func(b *bot.Bot) { b.OnMessage(handler); b.Use(pass) }, "would not be wrapped", "half the handlers would miss it"},
		{"nil middleware", func(b *bot.Bot) { b.Use(nil) }, "middleware is nil", "would panic at night"},
		{"prefixed command", func(b *bot.Bot) { b.OnCommand("/cancel", handler) }, "without its prefix", "would never match"},
		{"two prompts", func(b *bot.Bot) { b.State(idle).Prompt("a"); b.State(idle).Prompt("b") }, "has a prompt already, set at bot/registration_test.go:", "one state, one prompt"},
		{"bad prompt", func(b *bot.Bot) { b.State(idle).Prompt("") }, "prompt:", "could not be sent"},
		{"bad prompt message", func(b *bot.Bot) { b.State(idle).PromptMessage(&message.Message{}) }, "prompt:", "could not be sent"},
		{"undeclared target", func(b *bot.Bot) { b.OnMessage(handler).To("nowhere") }, "not declared", "a slip of the pen"},
		{"after start", func(b *bot.Bot) { post(b, text("", "m", "x")); b.OnMessage(handler) }, "after the first request", "a race"},
		{"help after start", func(b *bot.Bot) { r := b.OnMessage(handler); b.Routes(); r.Help("x") }, "after the first request", "a race"},
		{"use after start", func(b *bot.Bot) { b.Routes(); b.Use(pass) }, "after the first request", "a race"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
			_, _, line, _ := runtime.Caller(0)
			defer func() {
				err, ok := recover().(error)
				require.True(t, ok, c.why)
				require.ErrorIs(t, err, bot.ErrRegistration)
				require.ErrorContains(t, err, c.message, c.why)
				require.ErrorContains(t, err, "bot/registration_test.go:", "the line to blame, near %d", line)
			}()
			c.misuse(b)
			t.Fatal("no panic")
		})
	}
}

func any1(context.Context, event.Event) (bot.Reply, error) { return bot.Reply{}, nil }

func pass(next bot.Handler) bot.Handler { return next }

func TestConfig(t *testing.T) {
	_, err := bot.New(bot.Config{
		Senders: []string{""}, CommandPrefixes: []string{""}, Verify: bot.SecretPath(""), Late: bot.Say("x").Go(size),
		Limits: bot.Limits{MaxBody: -1, MaxRunning: -1},
	})
	require.Error(t, err)
	for _, part := range []string{"Senders", "CommandPrefixes", "Verify", "secret 0 is empty", "Late", "MaxBody", "MaxRunning"} {
		require.ErrorContains(t, err, part, "every problem at once")
	}
	require.Panics(t, func() { bot.MustNew(bot.Config{Limits: bot.Limits{MaxBody: -1}}) })
	_, err = bot.New(bot.Config{Late: bot.Say("no sender")})
	require.ErrorIs(t, err, bot.ErrReply)
}

func TestMiddlewareOrder(t *testing.T) {
	var trace []string
	mark := func(name string) bot.Middleware {
		return func(next bot.Handler) bot.Handler {
			return func(ctx context.Context, e event.Event) (bot.Reply, error) {
				trace = append(trace, name)
				r, err := next(ctx, e)
				trace = append(trace, fmt.Sprintf("%s saw %q", name, r.ToBotState))
				return r, err
			}
		}
	}
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
	b.Use(mark("bot"), mark("bot2"))
	g := b.State(idle, size)
	g.Use(mark("group"))
	inner := g.State(idle)
	inner.Use(mark("inner"))
	inner.OnMessage(func(ctx context.Context, _ *event.Message) (bot.Reply, error) {
		trace = append(trace, bot.RouteOf(ctx).String())
		return bot.Go(size), nil
	})
	require.Equal(t, 200, post(b, text("idle", "m", "x")).Code)
	require.Equal(t, []string{"bot", "bot2", "group", "inner", "idle: event MESSAGE",
		`inner saw "size"`, `group saw "size"`, `bot2 saw "size"`, `bot saw "size"`}, trace)
	require.Nil(t, bot.RouteOf(t.Context()))
	require.False(t, bot.Stale(t.Context()))
	require.Empty(t, bot.Param(t.Context(), "x"))
}

// A middleware may answer itself, and sees a refused move as an error.
func TestMiddlewareMayAnswer(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
	b.Use(func(next bot.Handler) bot.Handler {
		return func(ctx context.Context, e event.Event) (bot.Reply, error) {
			r, err := next(ctx, e)
			if errors.Is(err, bot.ErrReply) {
				return bot.Say("That is not possible now."), nil
			}
			return r, err
		}
	})
	b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(confirm), nil })
	require.Equal(t, "That is not possible now.", said(t, b, text("idle", "m", "x")))
}

func TestHooks(t *testing.T) {
	var trace []string
	hook := func(name string) bot.Hook {
		return func(_ context.Context, e event.Event, r *bot.Reply) error {
			trace = append(trace, name)
			return nil
		}
	}
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
	b.State(idle).OnLeave(hook("leave idle"))
	b.State(idle, size).OnEnter(hook("enter"))
	b.State(size).OnEnter(func(_ context.Context, e event.Event, r *bot.Reply) error {
		switch e.(*event.Message).Text() {
		case "fail":
			return errors.New("hook")
		case "divert":
			r.ToBotState = confirm
		case "speak":
			r.Message = message.Text("from the hook")
		}
		return nil
	})
	b.State(size).Prompt("Small or large?")
	b.State(idle).OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(size), nil })
	b.State(size).OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(size), nil })

	require.Equal(t, "Small or large?", said(t, b, text("idle", "m1", "x")))
	require.Equal(t, []string{"leave idle", "enter"}, trace)
	require.Equal(t, "from the hook", said(t, b, text("idle", "m2", "speak")), "a hook's words win over the prompt")
	require.Equal(t, "500", said(t, b, text("idle", "m3", "fail")))
	require.Equal(t, "500", said(t, b, text("idle", "m4", "divert")), "a hook cannot change where the room moves")
	trace = nil
	require.Equal(t, "200", said(t, b, text("size", "m5", "x")), "staying is neither leaving nor entering")
	require.Empty(t, trace)
}

func TestRouteTo(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
	b.OnText("a", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go("a"), nil }).To("a", "b")
	b.OnText("c", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go("c"), nil }).To("a", "b")
	require.Equal(t, 200, post(b, text("", "m1", "a")).Code)
	require.Equal(t, 500, post(b, text("", "m2", "c")).Code)
	require.Equal(t, 200, post(b, text("c", "m3", "c")).Code, "staying is always allowed")
}

func TestHelpAndSuggest(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet(), CommandPrefixes: []string{"!", "/"}})
	b.OnCommand("cancel", says("x"), "stop").Help("start over")
	b.OnCommand("hidden", says("x"))
	b.State(idle).OnCommand("order", says("x")).Help("order a coffee")
	b.State(size).OnCommand("cancel", says("x")).Help("forget the order")
	require.Equal(t, "!cancel  start over\n!order  order a coffee", b.Help(""), "the initial state's")
	require.Equal(t, "!cancel  forget the order", b.Help("size"), "the state's own hides the bot-wide one")
	for name, want := range map[string]string{
		"ordr": "!order", "odrer": "!order", "ORDER": "!order", "cancle": "!cancel", "stpo": "!stop",
		"zzz": "", "": "", "completely": "", "ordrordrordrordrordrordrordrordrordr": "",
	} {
		got, ok := b.Suggest("", name)
		require.Equal(t, want, got, name)
		require.Equal(t, want != "", ok)
	}
}

func TestRouteDescribesItself(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
	r := b.State(idle).OnCommand("order", says("x"), "buy").Example("/order large").To(size)
	require.Equal(t, "idle: command order, buy", r.String())
	require.Equal(t, []string{"/order", "/buy", "/order large"}, r.Examples())
	by, keys := r.Match()
	require.Equal(t, "command", by)
	require.Equal(t, []string{"order", "buy"}, keys)
	require.Equal(t, "idle", fmt.Sprint(r.States()[0]))
	require.Equal(t, "size", fmt.Sprint(r.Targets()[0]))
	require.Equal(t, "any state: fallback", b.Fallback(any1).String())
}
