package main

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/funtekco/webhookbot/fsm/fsmtest"
	"github.com/stretchr/testify/require"
)

const talks = "testdata/talks/*.txt"

// guarded is a moderation with a clock that tests move and the reports it made.
type guarded struct {
	moderation
	clock   time.Time
	reports []Incident
}

func newGuarded(tick time.Duration) *guarded {
	words, err := ParseWords(bundled)
	if err != nil {
		panic(err)
	}
	g := &guarded{clock: time.Date(2026, time.June, 1, 9, 0, 0, 0, time.UTC)}
	g.moderation = moderation{
		words: words, watch: NewWatch(), moderators: []string{"boss"},
		now:    func() time.Time { g.clock = g.clock.Add(tick); return g.clock },
		report: func(_ context.Context, i Incident) { g.reports = append(g.reports, i) },
	}
	return g
}

// unhurried returns a bot whose clock goes on ten seconds whenever they look at
// it, so that nothing is a flood.
func unhurried() *bot.Bot { return newGuarded(10 * time.Second).newBot(nil) }

func TestTalks(t *testing.T)       { bottest.Talks(t, unhurried, talks) }
func TestEcho(t *testing.T)        { bottest.Echo(t, unhurried, bottest.Files(talks)) }
func TestInterleaved(t *testing.T) { bottest.Interleaved(t, unhurried, bottest.Files(talks)) }

func TestCells(t *testing.T) {
	bottest.Cells(t, func() *bot.Bot {
		g := newGuarded(10 * time.Second)
		g.moderators = append(g.moderators, "ann") // who acts in generated conversations
		return g.newBot(nil)
	})
}

func TestFlood(t *testing.T) {
	g := newGuarded(0)
	room := bottest.New(t, g.newBot(nil)).Room("demo")
	ann, bob := room.User("ann", ""), room.User("bob", "")
	for range normal.burst {
		ann.Says("hello").Silent()
		bob.Sends("[sticker FunFunFamily-1]").Silent() // each user has a limit of their own
	}
	ann.Says("hello").Replies("Ann, please slow down (1 of 3).")
	bob.Sends("[sticker FunFunFamily-1]").Replies("Bob, please slow down (1 of 3).")
	g.clock = g.clock.Add(normal.pause)
	ann.Says("hello").Silent()
	ann.Says("hello").Replies("Ann, please slow down (2 of 3).")
	room.At(Strict)
	eve := room.User("eve", "")
	for range strict.burst {
		eve.Says("hello").Silent()
	}
	eve.Says("hello").Replies("Eve, please slow down (1 of 3).")
}

func TestReports(t *testing.T) {
	g := newGuarded(10 * time.Second)
	ann := bottest.New(t, g.newBot(nil)).Room("demo").User("ann", "")
	offend := func() *bottest.Turn { return ann.Says("you moron") }
	offend().RepliesWith(`{"message":"Ann, please mind your words (1 of 3).","mentions":["ann"]}`)
	offend().RepliesLike("2 of 3")
	require.Empty(t, g.reports)
	offend().RepliesLike("moderators have been told")
	require.Len(t, g.reports, 1)
	require.Equal(t, Incident{"demo", "ann", g.reports[0].MessageID, "please mind your words", 3}, g.reports[0])
	require.NotEmpty(t, g.reports[0].MessageID)
	for range 3 {
		offend().Silent() // the bot must not flood the room itself
	}
	require.Len(t, g.reports, 2)
	g.clock = g.clock.Add(forgiven)
	offend().RepliesLike("1 of 3")
	ann.Says(strings.Repeat("a", maxText+1)).RepliesLike("keep it shorter")
}

func TestRedelivered(t *testing.T) {
	var g *guarded
	fresh := func() *bot.Bot {
		g = newGuarded(10 * time.Second)
		return g.newBot(nil)
	}
	bottest.Redelivered(t, fresh, bottest.Files(talks), bottest.Effects(func() int { return len(g.reports) }))
}

// Any number of users need no more memory than one. The price is that somebody's
// place may be taken, and then they start anew.
func TestMemoryIsBounded(t *testing.T) {
	require.Less(t, unsafe.Sizeof(Watch{}), uintptr(700_000))
	w, now := NewWatch(), time.Now()
	require.Equal(t, 1, w.Strike("room", "eve", now))
	require.Equal(t, 2, w.Strike("room", "eve", now))
	eve := w.place("room", "eve")
	other := 0
	for w.place("room", strconv.Itoa(other)) != eve {
		other++
	}
	require.False(t, w.Flood("room", strconv.Itoa(other), 1, time.Second, now), "nobody inherits what another did")
	require.Equal(t, 1, w.Strike("room", "eve", now))
}

func TestWordsFile(t *testing.T) {
	for _, c := range []struct{ name, text, want, why string }{
		{"points", "# ok\n\nidiot", "line 3", "the line is counted with comments"},
		{"word", "3", "missing", ""},
		{"blank word", "3 \u200b", "missing", "nothing is left of an invisible character"},
		{"pattern", "3 /(/", "missing closing", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseWords(c.text)
			require.ErrorContains(t, err, c.want, c.why)
		})
	}
}

func TestSettings(t *testing.T) {
	b := newGuarded(0).newBot(nil)
	fsmtest.RequireSound(t, b)
	fsmtest.States(t, settings, "testdata/states.golden")
	fsmtest.Diagram(t, settings, "README.md", "moderation")
}

func TestREADME(t *testing.T) { readme.Curl(t, newGuarded(0).newBot(nil)) }

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // what the bot logs here is expected
	bottest.Main(m, bottest.Cover{States: 100, Transitions: 100, Routes: 100})
}

func FuzzMessages(f *testing.F) {
	bottest.Fuzz(f, unhurried)
}
