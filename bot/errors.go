package bot

import (
	"errors"
	"net/http"

	"github.com/funtekco/webhookbot/event"
)

// What a request can fail with. The words in [Outcome] are what the sender and
// the log see of them.
var (
	ErrMethod      = errors.New("bot: method is not POST")
	ErrUnverified  = errors.New("bot: request is not verified")
	ErrMediaType   = errors.New("bot: body is not declared as application/json in UTF-8 without an encoding")
	ErrTooLarge    = errors.New("bot: body is larger than Limits.MaxBody")
	ErrSlowBody    = errors.New("bot: body did not arrive within Limits.ReadTimeout")
	ErrBrokenBody  = errors.New("bot: body ended early")
	ErrApp         = errors.New("bot: event is of an application that Config.AppIDs does not name")
	ErrBusy        = errors.New("bot: too many events in work or waiting")
	ErrClosed      = errors.New("bot: shutting down")
	ErrBudget      = errors.New("bot: handler overran Limits.Budget")
	ErrPanic       = errors.New("bot: handler panicked")
	ErrGoexit      = errors.New("bot: handler ended its goroutine with runtime.Goexit")
	ErrReply       = errors.New("bot: reply cannot be sent")
	errHungUp      = errors.New("bot: sender hung up")
	errFromHandler = errors.New("bot: handler")
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
	case errors.Is(err, ErrMethod):
		return FailedMethod, http.StatusMethodNotAllowed
	case errors.Is(err, ErrUnverified):
		return FailedVerify, http.StatusUnauthorized
	case errors.Is(err, ErrMediaType):
		return FailedMediaType, http.StatusUnsupportedMediaType
	case errors.Is(err, ErrTooLarge):
		return FailedTooLarge, http.StatusRequestEntityTooLarge
	case errors.Is(err, ErrSlowBody):
		return FailedSlowBody, http.StatusRequestTimeout
	case errors.Is(err, ErrBrokenBody):
		return FailedBrokenBody, http.StatusBadRequest
	case errors.As(err, &malformed):
		return FailedMalformed, http.StatusBadRequest
	case errors.Is(err, ErrApp):
		return FailedApp, http.StatusForbidden
	case errors.Is(err, ErrBusy):
		return FailedBusy, http.StatusServiceUnavailable
	case errors.Is(err, ErrClosed):
		return FailedClosed, http.StatusServiceUnavailable
	case errors.Is(err, errHungUp):
		return HungUp, http.StatusServiceUnavailable
	case errors.Is(err, ErrPanic), errors.Is(err, ErrGoexit):
		return FailedPanic, http.StatusInternalServerError
	case errors.Is(err, ErrBudget):
		return FailedBudget, http.StatusServiceUnavailable
	case errors.Is(err, ErrReply):
		return FailedReply, http.StatusInternalServerError
	}
	return FailedHandler, http.StatusInternalServerError
}
