// Tickets opens and looks up tickets in an external system over HTTP. It asks
// for what is missing, and when that system does not answer it says so.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
)

const (
	Idle    fsm.State = "idle"
	Subject fsm.State = "subject"
	Details fsm.State = "details"
	Urgency fsm.State = "urgency"
)

var flow = fsm.MustNew(Idle,
	fsm.Transition{Name: "ask", From: fsm.Any, To: Subject},
	fsm.Transition{Name: "open", From: fsm.Any, To: Details},
	fsm.Transition{Name: "describe", From: Details, To: Urgency},
	fsm.Transition{Name: "rate", From: Urgency, To: Idle},
	fsm.Transition{Name: "cancel", From: fsm.Any, To: Idle},
	fsm.Allow("FSM013", Idle, "people talk among themselves, and the bot keeps out of it"),
)

func newBot(verify bot.Verifier, tickets *Client) *bot.Bot {
	d := desk{tickets}
	b := bot.MustNew(bot.Config{SenderID: "desk", Machine: flow, Verify: verify})
	b.Use(apologize)

	b.OnCommand("ticket", d.open).Help("open a ticket: /ticket the printer is on fire")
	b.OnCommand("status", d.status).Help("look a ticket up: /status T-1")
	b.OnCommand("tickets", d.list).Help("the latest tickets of this room")
	b.OnCommand("cancel", d.cancel).Help("answer no more questions")
	b.OnCommand("help", func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say(b.Help(m.BotState)), nil
	}).Help("show this list")

	b.State(Subject).OnMessage(d.subject)
	b.State(Details).OnMessage(d.details)
	b.State(Urgency).PromptMessage(message.QuickReplies("How urgent is it?",
		message.TextAction("Low", "low"), message.TextAction("Normal", "normal"), message.TextAction("High", "high")))
	b.State(Urgency).OnText("low", d.rate, "normal", "high")
	b.State(Urgency).OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Say("Please say low, normal or high. Or /cancel."), nil
	})
	return b
}

// connect returns a client for the ticket system that the environment names, or
// for one in this process, which done stops.
func connect() (_ *Client, done func(context.Context) error, err error) {
	if address := os.Getenv("TICKETS_URL"); address != "" {
		c, err := NewClient(address, os.Getenv("TICKETS_TOKEN"))
		return c, nil, err
	}
	address, token, done, err := ServeFake()
	if err != nil {
		return nil, nil, err
	}
	fmt.Println("tickets: kept in memory until the bot ends; set TICKETS_URL to use a real system")
	c, err := NewClient(address, token)
	return c, done, err
}

func main() {
	tickets, done, err := connect()
	if err != nil {
		log.Fatal(err)
	}
	app.App{
		New:   func(v bot.Verifier) *bot.Bot { return newBot(v, tickets) },
		Drain: done,
	}.Main()
}
