// Audit writes down every event and the bot's answer, one JSON object a line, and
// gives the answer only once the line is written.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/message"
)

// newBot returns a bot that tells people that they are recorded. The recording
// itself is around it, and would be the same around any other.
func newBot(verify bot.Verifier) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "audit", Verify: verify})
	b.OnJoinRoom(func(_ context.Context, e *event.JoinRoom) (bot.Reply, error) {
		return bot.Say("Welcome, " + message.Escape(e.Sender.String()) + ". What is written here is recorded."), nil
	})
	b.OnCommand("audit", func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Say("This room is recorded: who came and went, and what was written."), nil
	}).Help("tell what is recorded")
	return b
}

// settings reads the environment.
func settings() (cfg Config, err error) {
	cfg = Config{Dir: cmp.Or(os.Getenv("AUDIT_DIR"), "audit"), MaxBytes: 64 << 20}
	if v := os.Getenv("AUDIT_MAX_BYTES"); v != "" {
		if cfg.MaxBytes, err = strconv.ParseInt(v, 10, 64); err != nil || cfg.MaxBytes < 1 {
			return cfg, fmt.Errorf("AUDIT_MAX_BYTES: not a number of bytes: %q", v)
		}
	}
	if v := cmp.Or(os.Getenv("AUDIT_SYNC"), "event"); v != "event" {
		if cfg.SyncEvery, err = time.ParseDuration(v); err != nil || cfg.SyncEvery <= 0 {
			return cfg, fmt.Errorf("AUDIT_SYNC: neither \"event\" nor a duration such as 1s: %q", v)
		}
	}
	return cfg, nil
}

func main() {
	cfg, err := settings()
	if err != nil {
		log.Fatal(err)
	}
	journal, err := Open(cfg)
	if err != nil {
		log.Fatal(err)
	}
	app.App{
		New:   newBot,
		Wrap:  func(bot http.Handler) http.Handler { return Record(journal, bot) },
		Drain: journal.Close,
	}.Main()
}
