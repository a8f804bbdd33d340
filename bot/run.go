package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/funtekco/webhookbot/event"
)

// run lets the handler work under the budget, contains whatever it does, and
// concludes the exchange.
func (x *exchange) run(e event.Event, mem *memory) {
	ctx := x.startBudget()
	out, err := result{}, errGoexit // what stands when the handler never comes back
	defer func() {
		if p := recover(); p != nil {
			err = x.panicked(p)
		}
		ctx.end()
		if err != nil {
			out = failure(err)
		}
		x.conclude(mem, out, err)
	}()
	out, err = x.handle(ctx, e)
}

// handle runs middleware and handler and encodes what they return.
func (x *exchange) handle(ctx *turnContext, e event.Event) (result, error) {
	if x.muted {
		x.bot.errs.once("bot: robots keep each other talking: silent to them in that room for a minute")
		return success(Ignored, noop), nil
	}
	r, err := x.route.run(ctx, e)
	if err == nil && r.ToBotState != x.settled { // a middleware moves the room itself
		r, err = x.bot.settle(ctx, e, x.route, r)
	}
	if err != nil {
		return result{}, blame(ctx, err)
	}
	body, err := x.bot.cfg.encode(e.Head().BotState, r)
	if err != nil {
		return result{}, err
	}
	if r.Message != nil && e.From().IsRobot {
		x.room.answeredRobot(e.Head(), x.started)
	}
	out := success(outcomeOf(r), body)
	out.to = r.ToBotState
	return out, nil
}

// blame tells an error that the budget caused from one of the handler's own.
func blame(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == context.DeadlineExceeded:
		return fmt.Errorf("%w: %w", errBudget, err)
	case errors.Is(err, context.Canceled) && ctx.Err() == context.Canceled:
		return fmt.Errorf("%w: %w", errHungUp, err)
	}
	return err
}

func outcomeOf(r Reply) Outcome {
	switch {
	case r.Message != nil:
		return Replied
	case r.ToBotState != "":
		return Moved
	}
	return Quiet
}

// conclude sends the answer of the handler, or of why it did not run, and keeps
// it for redeliveries. The answer of a handler that overran its budget goes out
// only with a redelivery.
func (x *exchange) conclude(mem *memory, out result, err error) {
	at := x.started
	if x.overdue {
		at = time.Now()
	}
	x.room.settle(mem, out, at)
	if err != nil && x.err == nil {
		x.err = err
	}
	switch {
	case x.aborted:
		x.giveUp()
	case errors.Is(err, errGoexit):
		x.answerNow(out)
	default:
		x.answer(out)
	}
}

// panicked makes an error of a panic, with its stack for the log. Only errors of
// the runtime are shown: any other value may hold what a person wrote.
func (x *exchange) panicked(p any) error {
	if p == http.ErrAbortHandler {
		x.aborted = true
		return errPanic
	}
	shown := fmt.Sprintf("%T", p)
	if re, ok := p.(runtime.Error); ok {
		shown = re.Error()
	}
	return &panicError{shown, debug.Stack()}
}

// panicError carries the stack to the one log record of the request.
type panicError struct {
	value string
	stack []byte
}

func (e *panicError) Error() string { return errPanic.Error() + ": " + e.value }
func (e *panicError) Unwrap() error { return errPanic }
