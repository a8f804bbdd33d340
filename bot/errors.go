package bot

import (
	"errors"
	"net/http"

	"github.com/funtekco/webhookbot/event"
)

// Errors that code outside this package can meet.
var (
	// ErrUnverified is what [Secrets.Verify] returns for a request that is not
	// genuine.
	ErrUnverified = errors.New("bot: request is not verified")
	// ErrReply is wrapped by what a [Middleware] sees for a reply that cannot be
	// sent: a move the machine refuses (then errors.As finds package fsm's errors
	// too).
	ErrReply = errors.New("bot: reply cannot be sent")
)

// What else a request can fail with. The words in [Outcome] are what the sender
// and the log see of them.
var (
	errMethod     = errors.New("bot: method is not POST")
	errMediaType  = errors.New("bot: body is not declared as application/json in UTF-8 without an encoding")
	errTooLarge   = errors.New("bot: body is larger than Limits.MaxBody")
	errSlowBody   = errors.New("bot: body did not arrive within Limits.ReadTimeout")
	errBrokenBody = errors.New("bot: body ended early")
	errApp        = errors.New("bot: event is of an application that Config.AppIDs does not name")
	errBusy       = errors.New("bot: too many events in work or waiting")
	errClosed     = errors.New("bot: shutting down")
	errBudget     = errors.New("bot: handler overran Limits.Budget")
	errPanic      = errors.New("bot: handler panicked")
	errGoexit     = errors.New("bot: handler ended its goroutine with runtime.Goexit")
	errHungUp     = errors.New("bot: sender hung up")
)

// Outcome says in one fixed word how a request ended. It is the header
// X-Bot-Error of a failure, the attribute "outcome" of log records and a label
// for metrics; the set is closed.
type Outcome string

// The outcomes. Those of status 200 come first.
const (
	Replied   Outcome = "replied"   // a message was sent
	Moved     Outcome = "moved"     // no message, but a new state
	Quiet     Outcome = "quiet"     // the handler chose to do nothing
	Unrouted  Outcome = "unrouted"  // no handler for it
	Duplicate Outcome = "duplicate" // answered again as the first time
	Ignored   Outcome = "ignored"   // own, another robot's or nobody's event, or the loop breaker
	Late      Outcome = "late"      // answered with Config.Late

	FailedMethod     Outcome = "method"
	FailedVerify     Outcome = "unverified"
	FailedMediaType  Outcome = "media-type"
	FailedTooLarge   Outcome = "too-large"
	FailedSlowBody   Outcome = "slow-body"
	FailedBrokenBody Outcome = "broken-body"
	FailedMalformed  Outcome = "malformed"
	FailedApp        Outcome = "app"
	FailedBusy       Outcome = "busy"
	FailedClosed     Outcome = "closed"
	FailedBudget     Outcome = "budget"
	FailedPanic      Outcome = "panic"
	FailedReply      Outcome = "reply"
	FailedHandler    Outcome = "handler"
	HungUp           Outcome = "hung-up"
)

// classify is the one place where an error becomes an outcome and a status.
func classify(err error) (Outcome, int) {
	var malformed *event.DecodeError
	switch {
	case errors.Is(err, errMethod):
		return FailedMethod, http.StatusMethodNotAllowed
	case errors.Is(err, ErrUnverified):
		return FailedVerify, http.StatusUnauthorized
	case errors.Is(err, errMediaType):
		return FailedMediaType, http.StatusUnsupportedMediaType
	case errors.Is(err, errTooLarge):
		return FailedTooLarge, http.StatusRequestEntityTooLarge
	case errors.Is(err, errSlowBody):
		return FailedSlowBody, http.StatusRequestTimeout
	case errors.Is(err, errBrokenBody):
		return FailedBrokenBody, http.StatusBadRequest
	case errors.As(err, &malformed):
		return FailedMalformed, http.StatusBadRequest
	case errors.Is(err, errApp):
		return FailedApp, http.StatusForbidden
	case errors.Is(err, errBusy):
		return FailedBusy, http.StatusServiceUnavailable
	case errors.Is(err, errClosed):
		return FailedClosed, http.StatusServiceUnavailable
	case errors.Is(err, errHungUp):
		return HungUp, http.StatusServiceUnavailable
	case errors.Is(err, errPanic), errors.Is(err, errGoexit):
		return FailedPanic, http.StatusInternalServerError
	case errors.Is(err, errBudget):
		return FailedBudget, http.StatusServiceUnavailable
	case errors.Is(err, ErrReply):
		return FailedReply, http.StatusInternalServerError
	}
	return FailedHandler, http.StatusInternalServerError
}
