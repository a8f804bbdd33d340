package bot

import (
	"cmp"
	"expvar"
	"slices"
	"sync"
	"time"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/go-json-experiment/json"
)

// Record tells what became of one request. Every string in it is one of a
// closed set, so that all of them may be labels of a metric.
type Record struct {
	Kind     event.Kind // one of the spec's four, "other" for unknown ones, "none" when there was no event
	State    fsm.State  // a state the machine declares or a route names, else "other"
	Route    string     // the String of the Route that fits, empty when none does
	Outcome  Outcome
	Status   int
	Key      int           // which of several secrets verified the request, -1 for none
	Duration time.Duration // until the handler returned, so it may exceed the budget
	Stale    bool          // see [Stale]
	Overdue  bool          // the handler overran its budget
}

// Observer is told of every request, after it was answered, in the request's
// goroutine. It must be safe for concurrent use and should return at once.
type Observer interface {
	Observe(Record)
}

// record sums up the exchange.
func (x *exchange) record() Record {
	x.mu.Lock()
	defer x.mu.Unlock()
	rec := Record{
		Kind: "none", Outcome: x.sent.outcome, Status: x.sent.status, Key: x.key,
		Duration: time.Since(x.started), Stale: x.stale, Overdue: x.overdue,
	}
	if x.aborted {
		rec.Outcome = FailedPanic
	}
	if x.event == nil {
		return rec
	}
	rec.Kind, rec.State = x.event.Kind(), "other"
	if _, unknown := x.event.(*event.Unknown); unknown {
		rec.Kind = "other"
	}
	if x.bot.names(x.state, x.declared) {
		rec.State = x.state
	}
	if x.route != nil {
		rec.Route = x.route.name
	}
	return rec
}

// names reports whether the bot's own code names the state.
func (b *Bot) names(s fsm.State, declared bool) bool {
	if b.cfg.Machine != nil {
		return declared
	}
	return s == "" || b.compiled().states[s] != nil
}

// report tells the observer and the log how the exchange ended.
func (x *exchange) report() {
	b := x.bot
	defer func() {
		// The answer is out: a faulty Observer, Logger or Error method must not
		// take more with it.
		if p := recover(); p != nil {
			b.errs.broken(p)
		}
	}()
	level, logged := b.errs.level(x)
	if !logged && b.cfg.Observer == nil {
		return
	}
	rec := x.record()
	if b.cfg.Observer != nil {
		b.cfg.Observer.Observe(rec)
	}
	if logged {
		b.errs.write(x, level, rec)
	}
}

// Counters is an [Observer] that counts requests by kind, state and outcome. It
// is an [expvar.Var]: publish it under a name of your choice.
//
//	var counters bot.Counters
//	expvar.Publish("bot", &counters)
//
// The zero value is ready to use.
type Counters struct {
	mu     sync.Mutex
	counts map[counterKey]*Count
}

type counterKey struct {
	Kind    event.Kind
	State   fsm.State
	Outcome Outcome
}

// Count is one line of [Counters].
type Count struct {
	Kind    event.Kind `json:"kind"`
	State   fsm.State  `json:"state"`
	Outcome Outcome    `json:"outcome"`
	Count   int        `json:"count"`
	Stale   int        `json:"stale"`       // of these, how many were stale
	Total   int64      `json:"nanoseconds"` // all durations together
}

var _ expvar.Var = (*Counters)(nil)

// Observe counts one request.
func (c *Counters) Observe(r Record) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := counterKey{r.Kind, r.State, r.Outcome}
	n := c.counts[key]
	if n == nil {
		if c.counts == nil {
			c.counts = map[counterKey]*Count{}
		}
		n = &Count{Kind: r.Kind, State: r.State, Outcome: r.Outcome}
		c.counts[key] = n
	}
	n.Count++
	if r.Stale {
		n.Stale++
	}
	n.Total += int64(r.Duration)
}

// String returns the counts as a JSON array, sorted by kind, state and outcome.
func (c *Counters) String() string {
	body, err := json.Marshal(c.Counts())
	if err != nil { // names are checked to be text, so this cannot be
		return "[]"
	}
	return string(body)
}

// Counts returns the counts, sorted by kind, state and outcome.
func (c *Counters) Counts() []Count {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]Count, 0, len(c.counts))
	for _, n := range c.counts {
		all = append(all, *n)
	}
	slices.SortFunc(all, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.State, b.State), cmp.Compare(a.Outcome, b.Outcome))
	})
	return all
}
