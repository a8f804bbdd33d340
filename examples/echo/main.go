// Echo answers every text with the same text.
package main

import (
	"context"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/message"
)

func newBot(verify bot.Verifier) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "echo", Verify: verify})
	b.OnMessage(echo)
	return b
}

func echo(_ context.Context, m *event.Message) (bot.Reply, error) {
	if m.Text() == "" {
		return bot.Reply{}, nil // a picture, a sticker: nothing to repeat
	}
	// The web client draws texts as Markdown with HTML: what a person wrote must
	// not become markup in the bot's mouth.
	return bot.Say(message.Escape(m.Text())), nil
}

func main() { app.App{New: newBot}.Main() }
