package bottest_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/message"
	"github.com/stretchr/testify/require"
)

func TestScripted(t *testing.T) {
	room := bottest.New(t, newBot()).Room("demo")
	ann := room.User("ann", "Ann")
	ann.Joins().Replies("Welcome, Ann").Stays()
	ann.Says("order").Replies("Small or large?").State(size)
	ann.Says("gigantic").RepliesLike("(?i)small.*large").Stays()
	ann.Sends("[sticker FunFunFamily-1]").Replies("Small or large?")
	ann.Says("large").RepliesWith(`{"message":"One large coffee, yes?"}`).State(confirm).As("barista")
	ann.Says("yes").Replies("Coming").State(idle)
	ann.Leaves().Silent()
	require.Equal(t, idle, room.State())
	require.Equal(t, `room demo
ann joins
< Welcome, Ann
ann: order
< Small or large?
= size
ann: gigantic
< Small or large?
ann: [sticker FunFunFamily-1]
< Small or large?
ann: large
< One large coffee, yes?
= confirm
ann: yes
< Coming
= idle
ann leaves
`, room.Transcript())
}

func TestOverHTTP(t *testing.T) {
	room := bottest.New(t, newBot(), bottest.OverHTTP()).Room("demo")
	room.At(size).User("ann", "").Says("small").Replies("One small coffee, yes?").State(confirm)
}

func TestSecretAndPath(t *testing.T) {
	secret := bot.SecretHeader("X-Bot-Secret", "a-long-enough-secret")
	mux := http.NewServeMux()
	mux.Handle("/webhook", build(bot.Config{Verify: secret}, nil))
	opts := []bottest.Option{bottest.Path("/webhook"), bottest.Header("X-Bot-Secret", "a-long-enough-secret")}
	bottest.New(t, mux, opts...).Room("demo").User("ann", "").Joins().Replies("Welcome, Ann")
	bottest.New(t, mux, append(opts, bottest.OverHTTP())...).Room("demo").User("ann", "").Joins().Replies("Welcome, Ann")
}

func TestEveryVerb(t *testing.T) {
	room := bottest.New(t, newBot()).Room("demo")
	ann, bob, doris := room.User("ann", "Ann Lee"), room.User("bob", ""), room.Robot("doris", "")
	ann.Adds(bob, doris).Silent()
	bob.Says("order").Replies("Small or large?")
	bob.Edits("small").Replies("One small coffee, yes?")
	doris.Says("yes").Silent().State(confirm)
	ann.Removes(doris).Silent()
	ann.Causes("TYPING", `{"a":1}`).Silent()
	ann.Causes("NOTHING", "").Silent()
	bob.With("bare", "sender-id").Says("yes").Replies("Sorry?")
	bob.With("ms-times").Says("yes").Replies("Coming")
	require.Equal(t, `room demo
user ann Ann Lee
robot doris
ann adds bob, doris
bob: order
< Small or large?
= size
bob edits: small
< One small coffee, yes?
= confirm
doris: yes
ann removes doris
ann event TYPING {"a":1}
ann event NOTHING
bob: yes
with bare sender-id
< Sorry?
bob: yes
with ms-times
< Coming
= idle
`, room.Transcript())
}

func TestReports(t *testing.T) {
	for _, c := range []struct {
		name string
		run  func(room *bottest.Room, ann *bottest.User)
		want []string
		why  string
	}{
		{"text", func(_ *bottest.Room, ann *bottest.User) { ann.Joins().Replies("Hello") },
			[]string{"the text differs", "- < Hello", "+ < Welcome, Ann", "> ann joins", `request   {"appID"`, `response  200 {"senderID"`,
				"handler   any state: event JOIN_ROOM (", "moves     from idle to size (order), idle (cancel)"}, "the whole picture"},
		{"silence", func(_ *bottest.Room, ann *bottest.User) { ann.Leaves().Replies("Bye") },
			[]string{"the bot is silent", "- < Bye", "handler   none"}, ""},
		{"not silent", func(_ *bottest.Room, ann *bottest.User) { ann.Joins().Silent() },
			[]string{"silence was expected"}, ""},
		{"pattern", func(_ *bottest.Room, ann *bottest.User) { ann.Joins().RepliesLike("Bye") },
			[]string{"does not match", "- < ~ Bye"}, ""},
		{"rich", func(_ *bottest.Room, ann *bottest.User) { ann.Joins().RepliesWith("[image]") },
			[]string{`/messageType is "text", expected "image"`}, ""},
		{"sender", func(_ *bottest.Room, ann *bottest.User) { ann.Joins().As("boss") },
			[]string{"expected  boss", "got       barista"}, ""},
		{"state", func(_ *bottest.Room, ann *bottest.User) { ann.Joins().Replies("Welcome, Ann").State(size) },
			[]string{"the room is in another state", "expected  size", `got       "" (never set)`}, ""},
		{"moves", func(_ *bottest.Room, ann *bottest.User) { ann.Says("order").Replies("Small or large?").Stays() },
			[]string{"the room moves", "= size"}, ""},
		{"unexpected", func(_ *bottest.Room, ann *bottest.User) { ann.Joins(); ann.Says("order") },
			[]string{"nothing expects it", "in scripted_test.go:"}, "found at the next turn"},
		{"unexpected at the end", func(_ *bottest.Room, ann *bottest.User) { ann.Joins() },
			[]string{"nothing expects it"}, "found at the end of the test"},
		{"state is not the reply", func(_ *bottest.Room, ann *bottest.User) { ann.Says("order").State(size) },
			[]string{"nothing expects it"}, "a state says nothing of the words"},
		{"bad value", func(_ *bottest.Room, ann *bottest.User) { ann.Sends("{") }, []string{"Sends: not one JSON object"}, ""},
		{"bad expectation", func(_ *bottest.Room, ann *bottest.User) { ann.Joins().RepliesWith("{") }, []string{"RepliesWith: not one"}, ""},
		{"bad pattern", func(_ *bottest.Room, ann *bottest.User) { ann.Joins().RepliesLike("(") }, []string{"RepliesLike: error parsing"}, ""},
		{"bad quirk", func(_ *bottest.Room, ann *bottest.User) { ann.With("x") }, []string{`no quirk is called "x"`}, ""},
		{"bad data", func(_ *bottest.Room, ann *bottest.User) { ann.Causes("X", "{") }, []string{"not JSON"}, ""},
		{"nothing to edit", func(_ *bottest.Room, ann *bottest.User) { ann.Edits("x") }, []string{"no message of this user to edit"}, ""},
		{"nothing to tap", func(_ *bottest.Room, ann *bottest.User) { ann.Taps("Yes") }, []string{"has not said anything"}, ""},
		{"no such button", func(_ *bottest.Room, ann *bottest.User) { ann.Joins().Message(); ann.Taps("Yes") }, []string{"has no button"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, func(tb testing.TB) {
				room := bottest.New(tb, newBot()).Room("demo")
				c.run(room, room.User("ann", "Ann"))
			})
			require.True(t, s.failed, c.why)
			for _, want := range c.want {
				require.Contains(t, s.output.String(), want, c.why)
			}
		})
	}
}

func TestProtocolIsChecked(t *testing.T) {
	answer := func(status int, body string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
	nowhere := bot.MustNew(bot.Config{Machine: flow})
	nowhere.Use(func(bot.Handler) bot.Handler {
		return func(context.Context, event.Event) (bot.Reply, error) { return bot.Go("nowhere"), nil }
	})
	nowhere.OnMessage(text(bot.Reply{}))
	for _, c := range []struct {
		name string
		h    http.Handler
		want string
		why  string
	}{
		{"array", answer(200, `{"senderID":"b","data":[{"messageType":"text","message":"x"}]}`), "data-array: ", ""},
		{"no sender", answer(200, `{"data":{"messageType":"text","message":"x"}}`), "sender-missing: ", ""},
		{"html", answer(200, `<html>`), "syntax: ", "what a proxy answers"},
		{"failure", answer(500, `{"toBotState":"size"}`), "state     \"\" (never set) -> \"\" (never set)", "an answer with another status has no effect"},
		{"panic", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom") }), "the handler panicked: boom", ""},
		{"undeclared", nowhere, "the status is not 200", "a middleware's move is checked like a handler's"},
	} {
		s := watch(t, func(tb testing.TB) { bottest.New(tb, c.h).Room("demo").User("ann", "").Says("hi") })
		require.Contains(t, s.output.String(), c.want, c.name+": "+c.why)
	}
}

func TestSlowAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(6 * time.Second)
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{}`))
		})
		s := watch(t, func(tb testing.TB) { bottest.New(tb, h).Room("demo").User("ann", "").Says("hi") })
		require.Contains(t, s.output.String(), "slow: the answer took 6s")
	})
}

func TestTaps(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "b"})
	b.OnJoinRoom(func(context.Context, *event.JoinRoom) (bot.Reply, error) {
		return bot.Send(message.Buttons("?", message.TextAction("Yes", "y"), message.URIAction("Site", "https://example.com"))), nil
	})
	b.OnText("y", text(bot.Say("Good")))
	s := watch(t, func(tb testing.TB) {
		ann := bottest.New(tb, b).Room("demo").User("ann", "")
		ann.Joins().RepliesWith("[template]")
		ann.Taps("Site")
	})
	require.Contains(t, s.output.String(), `the bot's last message has no button "Site"; it has ["Yes"]`, "a link says nothing to the bot")
	postback := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"senderID":"b","data":{"messageType":"template","template":{"actions":[{"type":"postback","label":"Yes","text":"y"}]}}}`))
	})
	s = watch(t, func(tb testing.TB) {
		ann := bottest.New(tb, postback).Room("demo").User("ann", "")
		ann.Joins().RepliesWith("[template]")
		ann.Taps("Yes")
	})
	require.Contains(t, s.output.String(), `has no button "Yes"; it has []`, "the web client ignores postbacks")
	ann := bottest.New(t, b).Room("demo").User("ann", "")
	ann.Joins().RepliesWith("[template]")
	ann.Taps("Yes").Replies("Good")
}
