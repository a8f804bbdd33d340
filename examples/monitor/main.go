// Monitor counts what goes on in rooms: as metrics for Prometheus, as a page that
// people can watch, and as an answer to /stats.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"sync/atomic"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
)

// monitor is a bot and what it counts.
type monitor struct {
	bot      *bot.Bot
	rooms    *Rooms       // events by room and kind
	requests bot.Counters // requests by kind, state and outcome
	watchers atomic.Int32 // open pages
}

func newMonitor(verify bot.Verifier) *monitor {
	m := &monitor{rooms: NewRooms()}
	m.bot = bot.MustNew(bot.Config{
		SenderID: "monitor",
		Verify:   verify,
		Observer: &m.requests,
		Robots:   true,                       // robots count, too,
		Limits:   bot.Limits{RobotTurns: -1}, // however much they say
	})
	m.bot.Use(m.count)
	m.bot.OnCommand("stats", m.stats).Help("tell what happened in this room")
	m.bot.Fallback(func(context.Context, event.Event) (bot.Reply, error) { return bot.Reply{}, nil })
	return m
}

// count counts every event once: a redelivery does not come this far.
func (m *monitor) count(next bot.Handler) bot.Handler {
	return func(ctx context.Context, e event.Event) (bot.Reply, error) {
		m.rooms.Add(e)
		return next(ctx, e)
	}
}

func (m *monitor) stats(_ context.Context, e *event.Message) (bot.Reply, error) {
	n := m.rooms.Of(e.RoomID)
	return bot.Say(fmt.Sprintf("Since I started: %d messages, %d joined, %d added and %d removed.",
		n.Messages, n.Joined, n.Added, n.Removed)), nil
}

// handle adds the monitor's own paths, for those whom guard lets in.
func (m *monitor) handle(mux *http.ServeMux, guard func(http.Handler) http.Handler) {
	mux.Handle("GET /metrics", guard(http.HandlerFunc(m.metrics)))
	mux.Handle("GET /live", guard(http.HandlerFunc(m.live)))
	mux.Handle("/", guard(page()))
}

func main() {
	guard, err := newGuard(os.LookupEnv("MONITOR_PASSWORD"))
	if err != nil {
		log.Fatal(err)
	}
	var m *monitor
	app.App{
		New:    func(v bot.Verifier) *bot.Bot { m = newMonitor(v); return m.bot },
		Handle: func(mux *http.ServeMux) { m.handle(mux, guard) },
	}.Main()
}
