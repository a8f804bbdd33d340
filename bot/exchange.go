package bot

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// exchange is one request and its answer on the way through the bot.
type exchange struct {
	bot     *Bot
	w       http.ResponseWriter
	r       *http.Request
	started time.Time

	ctx turnContext // the handler's

	key      int // which secret matched
	event    event.Event
	state    fsm.State
	declared bool
	stale    bool
	muted    bool
	settled  fsm.State // the move that was checked and allowed
	route    *Route
	room     *shard

	err     error // why it failed, for the log
	aborted bool  // the handler panicked with http.ErrAbortHandler
	apartly bool  // the handler runs in a goroutine of its own
	overdue bool  // the handler overran its budget

	mu       sync.Mutex // the watchdog may answer while the handler runs
	answered bool
	sent     result
	done     chan struct{} // closed when answered; only of an exchange apart
}

// result is an answer ready to go out.
type result struct {
	status  int
	outcome Outcome
	body    []byte
	to      fsm.State // where the room moves
}

// as returns the same bytes under another outcome.
func (a result) as(o Outcome) result {
	if a.status == http.StatusOK {
		a.outcome = o
	}
	return a
}

func failure(err error) result {
	outcome, status := classify(err)
	return result{status: status, outcome: outcome, body: noop}
}

func success(o Outcome, body []byte) result {
	return result{status: http.StatusOK, outcome: o, body: body}
}

// nothing answers that there is nothing to do.
func (x *exchange) nothing(o Outcome) { x.answer(success(o, noop)) }

// fail answers with the no-op envelope and the error's status, or not at all
// when the panic that err is made of asked for that.
func (x *exchange) fail(err error) {
	x.err = err
	if x.aborted {
		x.giveUp()
		return
	}
	x.answer(failure(err))
}

// answer sends a unless the watchdog has answered already.
func (x *exchange) answer(a result) { x.write(a, false) }

// answerNow sends a in a way that reaches the sender although the request's
// goroutine goes on, or ends without net/http finishing the response.
func (x *exchange) answerNow(a result) { x.write(a, true) }

func (x *exchange) write(a result, now bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.answered {
		return
	}
	if a.to != "" {
		x.room.moved(x.event.Head(), a.to, x.started)
	}
	x.answered, x.sent = true, a
	h := x.w.Header()
	h["Content-Type"] = jsonType
	if a.status != http.StatusOK {
		x.describeFailure(h, a)
	}
	if now {
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
		if x.r.ProtoMajor == 1 {
			h.Set("Connection", "close") // the goroutine is not free for another request
		}
	}
	x.w.WriteHeader(a.status)
	_, _ = x.w.Write(a.body) // a sender that is gone cannot be told
	if now && http.NewResponseController(x.w).Flush() != nil && x.r.Context().Value(http.ServerContextKey) != nil {
		x.bot.errs.once("bot: an answer cannot go out before its handler returns, because a middleware wraps the ResponseWriter without Unwrap")
	}
	if x.done != nil {
		close(x.done)
	}
}

var jsonType = []string{"application/json"}

// giveUp leaves the sender without an answer.
func (x *exchange) giveUp() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.answered = true
}

// describeFailure sets the headers that tell a sender what went wrong.
func (x *exchange) describeFailure(h http.Header, a result) {
	h.Set("X-Bot-Error", string(a.outcome))
	switch a.outcome {
	case FailedMethod, FailedVerify, FailedMediaType, FailedClosed, FailedTooLarge, FailedSlowBody:
		// What is left of the body is not wanted, and net/http must not wait for
		// it: whoever was refused could hold the connection.
		h.Set("Connection", "close")
		_ = http.NewResponseController(x.w).SetReadDeadline(x.started)
	}
	switch a.status {
	case http.StatusMethodNotAllowed:
		h.Set("Allow", http.MethodPost)
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", x.bot.challenge())
	case http.StatusUnsupportedMediaType:
		h.Set("Accept-Post", "application/json")
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", "1")
	}
}

func (b *Bot) challenge() string {
	if s, ok := b.cfg.Verify.(*Secrets); ok {
		return s.challenge
	}
	return "Secret"
}
