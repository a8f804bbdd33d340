package main

import (
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
)

func TestMain(m *testing.M) { bottest.Main(m, bottest.Cover{States: 100, Transitions: 100}) }

func newTestBot() *bot.Bot { return newBot(nil) }

func TestOrder(t *testing.T) {
	room := bottest.New(t, newTestBot()).Room("demo")
	ann := room.User("ann", "Ann")
	ann.Joins().RepliesLike("Welcome, Ann!")
	ann.Says("/order").Replies("Small or large?").State(Size)
	ann.Says("gigantic").RepliesLike("Sorry").Stays()
	ann.Says("large").Replies("One large coffee, yes?").State(Confirm)
	ann.Says("Yes").Replies("Your coffee is on its way.").State(Idle)
	ann.Leaves().Silent()
}

// The conversations in testdata/talks, and everything the bot's declarations say.
func TestAll(t *testing.T) {
	bottest.All(t, newTestBot, bottest.Files("testdata/talks/*.txt"), bottest.AlwaysAnswers())
}

func FuzzOrder(f *testing.F) { bottest.Fuzz(f, newTestBot) }
