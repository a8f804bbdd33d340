package bot

import (
	"context"
	"log/slog"
	"sync/atomic"

	"github.com/funtekco/webhookbot/fsm"
)

// Bot is a webhook: an [http.Handler] that gives each event to the handler
// registered for it and answers with what that returns. Register everything
// first, then serve; registering after the first request panics. Serving is
// safe for any number of goroutines.
type Bot struct {
	Group // the bot-wide handlers

	cfg    Config
	log    *slog.Logger
	errs   errorLog
	routes registry
	gate   gate
	rooms  *rooms

	table atomic.Pointer[table] // what registry compiles to at the first request
}

// New returns a bot without handlers, or an error that lists every problem of
// the Config.
func New(cfg Config) (*Bot, error) {
	cfg.setDefaults()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	if cfg.Verify == nil {
		cfg.Verify = loopbackOnly{}
	}
	if len(cfg.CommandPrefixes) == 0 {
		cfg.CommandPrefixes = []string{"/"}
	}
	b := &Bot{cfg: cfg, log: cfg.Logger, rooms: newRooms(cfg.Limits)}
	if b.log == nil {
		b.log = slog.Default()
	}
	b.errs.log = b.log
	b.gate.limit, b.gate.empty = int64(cfg.MaxRunning), make(chan struct{})
	b.routes.init()
	b.Group = Group{bot: b}
	if cfg.Verify == InsecureNoVerify {
		b.log.Warn("bot: requests are not verified: anybody who knows the address can speak as the chat server")
	}
	return b, nil
}

// MustNew is [New] for a Config that is a literal: it panics on an error.
func MustNew(cfg Config) *Bot {
	b, err := New(cfg)
	if err != nil {
		panic(err)
	}
	return b
}

// Machine returns Config.Machine, which may be nil.
func (b *Bot) Machine() *fsm.Machine { return b.cfg.Machine }

// SenderID returns Config.SenderID.
func (b *Bot) SenderID() string { return b.cfg.SenderID }

// Close makes the bot answer new requests with 503 and waits until the handlers
// that run have returned, or ctx ends. It returns ctx's error then, nil
// otherwise, and may be called again.
func (b *Bot) Close(ctx context.Context) error { return b.gate.close(ctx) }

// Stats are the bot's gauges at one moment.
type Stats struct {
	Running    int // handlers that have not returned
	Overdue    int // of these, how many overran their Budget
	Waiting    int // requests waiting for their room's turn
	Rooms      int // rooms with an event in work
	Remembered int // answers kept for redeliveries
}

// Stats counts what is going on now. It takes every room lock for a moment:
// call it from a metrics scrape, not from a handler.
func (b *Bot) Stats() Stats {
	s := b.rooms.stats()
	s.Running, s.Overdue = int(b.gate.running.Load()), int(b.gate.overdue.Load())
	return s
}

// resolve turns the botState of a request into a state, and tells whether the
// machine declares it. Without a machine every state is declared.
func (b *Bot) resolve(botState string) (fsm.State, bool) {
	if b.cfg.Machine == nil {
		return fsm.State(botState), true
	}
	return b.cfg.Machine.Resolve(botState)
}
