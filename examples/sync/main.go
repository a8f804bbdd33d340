// Sync mirrors rooms into a database: who is in them, and what was written,
// edited and recalled there.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"os"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
)

func newBot(verify bot.Verifier, s *Store) *bot.Bot {
	b := bot.MustNew(bot.Config{
		SenderID: "sync",
		Verify:   verify,
		Robots:   true,                       // what robots write belongs to the room, too,
		Limits:   bot.Limits{RobotTurns: -1}, // however much it is
	})
	b.Use(mirror(s))
	b.OnCommand("sync", func(ctx context.Context, m *event.Message) (bot.Reply, error) {
		c, err := s.Count(ctx, m.RoomID)
		if err != nil {
			return bot.Reply{}, err
		}
		return bot.Say(fmt.Sprintf("Stored of this room: members %d, messages %d, of these edited %d, recalled %d.",
			c.Members, c.Messages, c.Edited, c.Recalled)), nil
	}).Help("tell what is stored of this room")
	b.OnType("recall", nothingMore)
	b.OnType("announcement", nothingMore)
	b.Fallback(func(context.Context, event.Event) (bot.Reply, error) { return bot.Reply{}, nil })
	return b
}

func nothingMore(context.Context, *event.Message) (bot.Reply, error) { return bot.Reply{}, nil }

// mirror stores every event that has a handler before the handler runs. An event
// that cannot be stored is answered with 500, for the chat server to send again.
func mirror(s *Store) bot.Middleware {
	return func(next bot.Handler) bot.Handler {
		return func(ctx context.Context, e event.Event) (bot.Reply, error) {
			if err := s.Save(ctx, e); err != nil {
				return bot.Reply{}, fmt.Errorf("sync: %w", err)
			}
			return next(ctx, e)
		}
	}
}

func main() {
	store, err := Open(context.Background(), cmp.Or(os.Getenv("DATABASE_URL"), "sync.db"))
	if err != nil {
		log.Fatalf("sync: %v", err)
	}
	app.App{
		New:   func(v bot.Verifier) *bot.Bot { return newBot(v, store) },
		Drain: func(context.Context) error { return store.Close() },
	}.Main()
}
