package bot

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// startBudget makes the handler's context and starts the watchdog that answers
// in its place when it overruns.
//
// The handler runs in the request's own goroutine. At the deadline the
// watchdog writes and flushes a whole response, with a Content-Length and
// Connection: close, which an HTTP/1.1 sender takes for the end although the
// handler goes on. That costs a timer instead of a goroutine.
func (x *exchange) startBudget() *turnContext {
	ctx := &x.ctx
	ctx.Context, ctx.exchange = x.r.Context(), x
	if limit := x.bot.cfg.Budget; limit > 0 {
		ctx.deadline = x.started.Add(limit)
		ctx.watchdog = time.AfterFunc(time.Until(ctx.deadline), ctx.expire)
	}
	return ctx
}

// apart runs work in a goroutine of its own and returns when it is done or was
// answered for. HTTP/2 needs it: there a response ends when ServeHTTP returns.
func (x *exchange) apart(work func()) {
	x.apartly, x.done = true, make(chan struct{})
	ended := make(chan struct{})
	x.bot.gate.stay()
	go func() {
		defer x.bot.gate.depart()
		defer close(ended)
		defer x.report()
		work()
	}()
	select {
	case <-ended:
		if x.aborted {
			panic(http.ErrAbortHandler)
		}
	case <-x.done:
	}
}

// turnContext is a handler's context: the request's, with the deadline. It makes
// its channel only when somebody asks for it, since most handlers never do.
type turnContext struct {
	context.Context // the request's: it ends when the sender hangs up

	exchange *exchange
	deadline time.Time
	watchdog *time.Timer

	mu      sync.Mutex
	expired bool // the deadline came
	ended   bool // the handler returned
	done    chan struct{}
	unhook  func() bool
}

// expire runs at the deadline, unless the handler has returned.
func (c *turnContext) expire() {
	c.mu.Lock()
	c.expired = true
	if c.done != nil {
		c.close()
	}
	c.mu.Unlock()
	x := c.exchange
	x.bot.gate.overdue.Add(1)
	x.answerNow(x.lateAnswer())
}

// lateAnswer is what goes out in place of the handler's answer.
func (x *exchange) lateAnswer() result {
	if x.bot.cfg.Late.Message == nil {
		return failure(errBudget)
	}
	body, err := x.bot.cfg.encode(x.event.Head().BotState, x.bot.cfg.Late)
	if err != nil {
		return failure(err)
	}
	return success(Late, body)
}

// end stops the watchdog and ends the context for whoever still holds it; the
// handler has returned.
func (c *turnContext) end() {
	if c.watchdog != nil && !c.watchdog.Stop() {
		c.exchange.overdue = true
		c.exchange.bot.gate.overdue.Add(-1)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	if c.done != nil {
		c.unhook()
		c.close()
	}
}

// Deadline returns when the budget ends.
func (c *turnContext) Deadline() (time.Time, bool) {
	outer, ok := c.Context.Deadline()
	if c.deadline.IsZero() || ok && outer.Before(c.deadline) {
		return outer, ok
	}
	return c.deadline, true
}

// Done returns a channel that is closed at the deadline, when the sender hangs
// up, and when the handler has returned.
func (c *turnContext) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done != nil {
		return c.done
	}
	c.done = make(chan struct{})
	c.unhook = func() bool { return false }
	if c.expired || c.ended {
		c.close()
		return c.done
	}
	c.unhook = context.AfterFunc(c.Context, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.close()
	})
	return c.done
}

// close closes the channel once; c.mu is held.
func (c *turnContext) close() {
	select {
	case <-c.done:
	default:
		close(c.done)
	}
}

// Err tells an overrun budget from a sender that hung up.
func (c *turnContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch err := c.Context.Err(); {
	case c.expired:
		return context.DeadlineExceeded
	case err == nil && c.ended:
		return context.Canceled
	default:
		return err
	}
}

type turnKey struct{}

// Value also returns the context itself, for this package's accessors.
func (c *turnContext) Value(key any) any {
	if key == (turnKey{}) {
		return c
	}
	return c.Context.Value(key)
}
