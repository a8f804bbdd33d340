// Order takes a coffee order in three states, with cancel, help and prompts.
package main

import (
	"context"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
)

const (
	Idle    fsm.State = "idle"
	Size    fsm.State = "size"
	Confirm fsm.State = "confirm"
)

var flow = fsm.MustNew(Idle,
	fsm.Transition{Name: "order", From: Idle, To: Size},
	fsm.Transition{Name: "sized", From: Size, To: Confirm},
	fsm.Transition{Name: "done", From: Confirm, To: Idle},
	fsm.Transition{Name: "cancel", From: fsm.Any, To: Idle},
)

func newBot(verify bot.Verifier) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "barista", Machine: flow, Verify: verify})

	b.OnJoinRoom(func(_ context.Context, e *event.JoinRoom) (bot.Reply, error) {
		return bot.Say("Welcome, " + message.Escape(e.Sender.String()) + "! Say order when you would like a coffee."), nil
	})
	b.OnCommand("cancel", func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Say("Never mind.").Go(Idle), nil
	}).Help("forget the order")
	b.OnCommand("help", func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say(b.Help(m.BotState)), nil
	}).Help("show this list")

	b.State(Idle).OnCommand("order", order).Help("order a coffee")
	b.State(Idle).OnText("order", order)
	b.State(Size).Prompt("Small or large?")
	b.State(Size).OnText("small", takeSize, "large")
	b.State(Confirm).OnText("yes", func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Say("Your coffee is on its way.").Go(Idle), nil
	}, "y")
	b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say("Sorry? /help shows what I understand."), nil
	})
	return b
}

func order(context.Context, *event.Message) (bot.Reply, error) {
	return bot.Go(Size), nil // where the prompt asks
}

func takeSize(_ context.Context, m *event.Message) (bot.Reply, error) {
	return bot.Say("One " + m.Text() + " coffee, yes?").Go(Confirm), nil
}

func main() { app.App{New: newBot}.Main() }
