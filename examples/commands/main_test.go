package main

import (
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/readme"
)

const talks = "testdata/talks/*.txt"

func fresh() *bot.Bot {
	return newBot(nil, NewPlan("Blue room", "Green room", "Attic"), "boss")
}

func TestTalks(t *testing.T) { bottest.Talks(t, fresh, talks) }

// TestButtons books a room without typing: what a button sends is a command that
// the bot hears like any other.
func TestButtons(t *testing.T) {
	room := bottest.New(t, fresh()).Room("lobby")
	ann := room.User("ann", "")
	ann.Joins().RepliesLike("meeting room")
	ann.Taps("Show rooms").RepliesLike("Blue room")
	ann.Taps("Book").RepliesLike("When do you need Blue room")
	ann.Taps("14:00").RepliesLike("Blue room is yours at 14:00")
	ann.Taps("Give it back").Replies("Blue room is free again at 14:00.")
	ann.Says("/rebook Blue 9").RepliesLike("Did you mean /book")
	ann.Taps("/book").RepliesLike("Blue room is yours at 9:00")
}

// TestFull fills a room: the bot must not ask for an hour when none is left.
func TestFull(t *testing.T) {
	plan := NewPlan("Attic")
	for h := firstHour; h <= lastHour; h++ {
		if err := plan.Book("Attic", h, "bob"); err != nil {
			t.Fatal(err)
		}
	}
	ann := bottest.New(t, newBot(nil, plan)).Room("lobby").User("ann", "")
	ann.Says("/book attic").Replies("Attic has no free hour today.")
	ann.Says("/book").RepliesLike("No hour is free today")
}

// A resent /book must not be answered with "somebody was faster", and the bot
// must not take its own buttons for commands.
func TestRedelivered(t *testing.T) { bottest.Redelivered(t, fresh, bottest.Files(talks)) }
func TestEcho(t *testing.T)        { bottest.Echo(t, fresh, bottest.Files(talks)) }
func TestCells(t *testing.T)       { bottest.Cells(t, fresh) }

func TestREADME(t *testing.T) { readme.Curl(t, fresh()) }

func TestMain(m *testing.M) { bottest.Main(m, bottest.Cover{Routes: 100}) }
