package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/stretchr/testify/require"
)

const (
	idle    fsm.State = "idle"
	size    fsm.State = "size"
	confirm fsm.State = "confirm"
)

func machine() *fsm.Machine {
	return fsm.MustNew(idle,
		fsm.Transition{Name: "order", From: idle, To: size},
		fsm.Transition{Name: "sized", From: size, To: confirm},
		fsm.Transition{Name: "done", From: confirm, To: idle},
		fsm.Transition{Name: "cancel", From: fsm.Any, To: idle},
	)
}

// says returns a handler that answers with words.
func says(words string) bot.MessageHandler {
	return func(context.Context, *event.Message) (bot.Reply, error) { return bot.Say(words), nil }
}

// said returns the text a bot answers with, or its status when there is none.
func said(t *testing.T, h *bot.Bot, body string) string {
	w := post(h, body)
	requireEnvelope(t, w.Body.Bytes())
	_, rest, ok := strings.Cut(w.Body.String(), `"message":"`)
	if !ok {
		return fmt.Sprint(w.Code)
	}
	words, _, _ := strings.Cut(rest, `"`)
	return words
}

func newRouted(t *testing.T) *bot.Bot {
	b, err := bot.New(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet(), CommandPrefixes: []string{"/", "!"}})
	require.NoError(t, err)
	b.OnCommand("cancel", says("any cancel"), "stop")
	b.OnCommand("help", says("any help"))
	b.OnText("hello", says("any hello"), "hi there")
	b.OnPattern(`^\d+$`, says("any number"))
	b.OnPattern(`^(?<n>\d+) (?<what>\w+)$`, func(ctx context.Context, _ *event.Message) (bot.Reply, error) {
		return bot.Say(bot.Param(ctx, "n") + " of " + bot.Param(ctx, "what") + bot.Param(ctx, "nothing")), nil
	})
	b.OnCondition("long", func(m *event.Message) bool { return len(m.Text()) > 30 }, says("any long"))
	b.OnType("sticker", says("any sticker"))
	b.OnType("recall", says("any recall"))
	b.OnMessage(says("any message"))
	b.OnJoinRoom(func(context.Context, *event.JoinRoom) (bot.Reply, error) { return bot.Say("any join"), nil })
	b.OnUnknown("ROOM_FROZEN", func(context.Context, *event.Unknown) (bot.Reply, error) { return bot.Say("frozen"), nil })
	b.OnUnknown("", func(context.Context, *event.Unknown) (bot.Reply, error) { return bot.Say("unknown"), nil })
	b.Fallback(func(_ context.Context, e event.Event) (bot.Reply, error) { return bot.Say("fallback"), nil })

	both := b.State(size, confirm)
	both.OnCommand("cancel", says("group cancel"))
	both.OnType("sticker", says("group sticker"))
	both.State(confirm).OnCommand("cancel", says("confirm cancel"))

	b.State(size).OnMessage(says("size message"))
	b.State(size).OnText("large", says("size large"))
	b.State(size).OnPattern(`^\d+$`, says("size number"))
	b.State(confirm).Fallback(func(context.Context, event.Event) (bot.Reply, error) { return bot.Say("confirm fallback"), nil })
	return b
}

func TestRouting(t *testing.T) {
	sticker := func(state string) string {
		return strings.Replace(text(state, "m", "x"), `"messageType":"text"`, `"messageType":"sticker"`, 1)
	}
	system := func(kind string) string {
		return strings.Replace(text("idle", "m", "/cancel"), `"messageType":"text"`, `"messageType":"`+kind+`"`, 1)
	}
	for _, c := range []struct {
		name, body, want, why string
	}{
		{"command anywhere", text("idle", "m", "/cancel"), "any cancel", "bot-wide command"},
		{"command beats state", text("size", "m", "/help"), "any help", "the kind of match decides before the state"},
		{"group before bot", text("size", "m", "/cancel"), "group cancel", "nearer to the state"},
		{"state before group", text("confirm", "m", "/cancel"), "confirm cancel", "nearest to the state"},
		{"alias", text("idle", "m", "/stop"), "any cancel", "further names"},
		{"prefix", text("idle", "m", "!cancel now"), "any cancel", "configured prefixes, with arguments"},
		{"case", text("idle", "m", "/CANCEL"), "any cancel", "commands have no case"},
		{"unknown command", text("size", "m", "/nothing"), "size message", "no such command: a message like any other"},
		{"text", text("idle", "m", "hello"), "any hello", "exact text"},
		{"folded", text("idle", "m", "  Hi   THERE "), "any hello", "case and spacing do not count"},
		{"text beats message", text("size", "m", "Large"), "size large", "more precise in the same state"},
		{"bot text beats state message", text("size", "m", "hello"), "any hello", "kind before state"},
		{"pattern", text("idle", "m", "42"), "any number", "regular expression"},
		{"state pattern", text("size", "m", "42"), "size number", "the state's own first"},
		{"groups", text("idle", "m", "2 teas"), "2 of teas", "named groups"},
		{"condition", text("idle", "m", strings.Repeat("x", 31)), "any long", "a predicate"},
		{"type", sticker("idle"), "any sticker", "message type"},
		{"group type", sticker("size"), "group sticker", "kind of match before any message of the state"},
		{"any message", text("idle", "m", "whatever"), "any message", "last resort of messages"},
		{"state message", text("size", "m", "whatever"), "size message", "the state's own"},
		{"mixed is text", strings.Replace(text("idle", "m", "hello"), `"text"`, `"mixed"`, 1), "any hello", "text with pictures"},
		{"system heard", system("recall"), "any recall", "asked for by type"},
		{"system unheard", system("addMembers"), "200", "nobody wrote it, not even for the fallback"},
		{"encrypted is no command", system("encrypted"), "any message", "ciphertext is not read"},
		{"join", `{"roomID":"r","event":"JOIN_ROOM","data":{"sender":{"_id":"ann"}}}`, "any join", "another kind of event"},
		{"unhandled kind", `{"roomID":"r","event":"ADD_MEMBERS","data":{"sender":{"_id":"ann"}}}`, "fallback", "nothing nearer"},
		{"state fallback", `{"roomID":"r","event":"ADD_MEMBERS","botState":"confirm","data":{"sender":{"_id":"ann"}}}`, "confirm fallback", "nearer than the bot's"},
		{"unknown kind", `{"roomID":"r","event":"ROOM_FROZEN"}`, "frozen", "by name"},
		{"any unknown kind", `{"roomID":"r","event":"ROOM_MELTED"}`, "unknown", "all others"},
		{"undeclared state", text("gone", "m", "/cancel"), "any cancel", "bot-wide handlers still run"},
		{"initial", text("", "m", "whatever"), "any message", "an empty state is the initial one"},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, said(t, newRouted(t), c.body), c.why) })
	}
}

// Match agrees with what runs, and accounts for every other route.
func TestMatch(t *testing.T) {
	b := newRouted(t)
	e, err := event.Decode([]byte(text("size", "m", "/cancel")))
	require.NoError(t, err)
	m := b.Match(e)
	require.Equal(t, "size, confirm: command cancel", m.Route.String())
	require.Contains(t, m.Route.At(), "routing_test.go:")
	require.Equal(t, size, m.State)
	require.Len(t, m.Others, len(b.Routes())-1)
	why := map[string]string{}
	for _, l := range m.Others {
		why[l.Route.String()] = fmt.Sprintf("%t %s", l.Fits, l.Why)
	}
	require.Equal(t, "true a group of states comes before bot-wide", why["any state: command cancel, stop"])
	require.Equal(t, "false for another state", why["confirm: command cancel"])
	require.Equal(t, "true a match by command comes before one by event", why["size: event MESSAGE"])
	require.Equal(t, "false does not match the event", why["any state: text hello, hi there"])
}

// The wire table: what a handler returns, and what goes out for it.
func TestRow38_Wire(t *testing.T) {
	for _, c := range []struct {
		name, state string
		reply       bot.Reply
		status      int
		want        string
		why         string
	}{
		{"nothing", "idle", bot.Reply{}, 200, noop, "the spec's basic response"},
		{"message", "idle", bot.Say("hi"), 200, `{"senderID":"robot001","toBotState":"idle","data":{"messageType":"text","message":"hi"}}`, "to keep a state is to name it"},
		{"message, no state", "", bot.Say("hi"), 200, `{"senderID":"robot001","toBotState":null,"data":{"messageType":"text","message":"hi"}}`, "both readings of null end in the same state"},
		{"message, undeclared state", "gone", bot.Say("hi"), 200, `{"senderID":"robot001","toBotState":"gone","data":{"messageType":"text","message":"hi"}}`, "another version of the bot may know it"},
		{"move", "idle", bot.Go(size), 200, `{"senderID":"robot001","toBotState":"size","data":{"messageType":"text","message":"Small or large?"}}`, "the state's prompt"},
		{"move, no prompt", "size", bot.Go(confirm), 200, `{"toBotState":"confirm","data":null}`, "nothing to say"},
		{"both", "idle", bot.Say("So: small or large?").Go(size), 200, `{"senderID":"robot001","toBotState":"size","data":{"messageType":"text","message":"So: small or large?"}}`, "the handler's words win over the prompt"},
		{"stay by name", "size", bot.Go(size), 200, `{"toBotState":"size","data":null}`, "staying is not entering, so no prompt"},
		{"initial by name", "size", bot.Go(idle), 200, `{"toBotState":"idle","data":null}`, "a name is sent for the initial state"},
		{"another sender", "idle", bot.Say("hi").As("robot002"), 200, `{"senderID":"robot002","toBotState":"idle","data":{"messageType":"text","message":"hi"}}`, "declared in Senders"},
		{"undeclared sender", "idle", bot.Say("hi").As("ann"), 500, noop, "row 38: nobody speaks for a person"},
		{"undeclared move", "idle", bot.Go(confirm), 500, noop, "row 38: the machine does not declare it"},
		{"undeclared state", "idle", bot.Go("nowhere"), 500, noop, "row 38: the machine does not know it"},
		{"empty text", "idle", bot.Say(""), 500, noop, "row 38: an empty bubble"},
		{"bad UTF-8", "idle", bot.Say("a\xff"), 500, noop, "row 38: would be changed silently"},
		{"too large", "idle", bot.Say(strings.Repeat("x", 65<<10)), 500, noop, "row 38: over 64 KiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := bot.MustNew(bot.Config{SenderID: "robot001", Senders: []string{"robot002"}, Machine: machine(), Logger: quiet()})
			b.State(size).Prompt("Small or large?")
			b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { return c.reply, nil })
			w := post(b, text(c.state, "m", "x"))
			require.Equal(t, c.status, w.Code, c.why)
			require.Equal(t, c.want, w.Body.String(), c.why)
			if c.status != 200 {
				require.Equal(t, "reply", w.Header().Get("X-Bot-Error"))
			}
		})
	}
}

// The spec's own payloads get right answers.
func TestSpecPayloads(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
	b.OnJoinRoom(func(_ context.Context, e *event.JoinRoom) (bot.Reply, error) {
		return bot.Say("Welcome, " + e.Sender.Nickname), nil
	})
	b.OnAddMembers(func(_ context.Context, e *event.AddMembers) (bot.Reply, error) {
		return bot.Say(e.Members[0].Nickname + " is here"), nil
	})
	b.OnDeleteMembers(func(_ context.Context, e *event.DeleteMembers) (bot.Reply, error) {
		return bot.Say("Goodbye, " + e.Members[0].Nickname), nil
	})
	b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) { return bot.Say(m.Text()), nil })
	for name, want := range map[string]string{
		"spec_join_room": "Welcome, Desirae", "spec_add_members": "Doris Robot is here",
		"spec_delete_members": "Goodbye, Aurora", "spec_message": "Bonjour 2",
	} {
		require.Equal(t, want, said(t, b, testdata(t, name)), name)
	}
}
