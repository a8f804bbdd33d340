package bottest

import (
	"maps"
	"net/http"
	"time"

	"github.com/funtekco/webhookbot/bot/internal/chat"
)

// Option changes how the kit talks to a bot. Every function of the package that
// takes a bot takes the same options.
type Option func(*config)

type config struct {
	overHTTP bool
	path     string
	header   http.Header
	now      func() time.Time
	newID    func(room string) func(time.Time) string
	effects  func() int
	globs    []string
	answers  bool
}

// epoch is when generated and golden conversations begin, so that they are the
// same on every day.
var epoch = time.Date(2026, time.January, 1, 9, 0, 0, 0, time.UTC)

func newConfig(opts []Option) *config {
	c := &config{path: "/", header: http.Header{"Content-Type": {"application/json"}}}
	for _, o := range opts {
		o(c)
	}
	return c
}

// clock returns Clock's function or, for a fresh room, one that ticks from epoch.
func (c *config) clock() func() time.Time {
	if c.now != nil {
		return c.now
	}
	return chat.Ticking(epoch, time.Second)
}

func (c *config) ids(room string) func(time.Time) string {
	if c.newID != nil {
		return c.newID(room)
	}
	return chat.ObjectIDs(room)
}

// OverHTTP serves the bot on a loopback port for the time of the test. The
// default is to call it in process, which is faster and sends the same bytes.
func OverHTTP() Option { return func(c *config) { c.overHTTP = true } }

// Path is where the webhook is mounted, for an http.Handler that serves more
// than the bot. Default: "/".
func Path(p string) Option { return func(c *config) { c.path = p } }

// Header sends a header with every request: a secret, above all.
func Header(name, value string) Option {
	return func(c *config) {
		c.header = maps.Clone(c.header)
		c.header.Add(name, value)
	}
}

// Clock tells the time of messages. Default: [time.Now] in scripted tests; in
// golden and generated ones a clock that begins on 2026-01-01 at 09:00 UTC and
// ticks a second a message, so that every run is the same.
func Clock(now func() time.Time) Option { return func(c *config) { c.now = now } }

// Effects tells [Redelivered] how much the bot has done so far (orders placed,
// mails sent): a resent message must not raise it.
func Effects(count func() int) Option { return func(c *config) { c.effects = count } }

// Files adds golden conversations, as [Talks] reads them, to those that the
// generated layers play. For a handler that is no *bot.Bot they are the only ones.
func Files(globs ...string) Option { return func(c *config) { c.globs = append(c.globs, globs...) } }
