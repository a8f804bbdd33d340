package chatapi

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// ErrMaybeSent matches, by [errors.Is], every failure after which the call may
// have been carried out: the request went out, and there was no answer, a broken
// one or a server error. Sending the message again may show it twice; not sending
// it again may lose it.
var ErrMaybeSent = errors.New("chatapi: the call may have been carried out")

// ErrBusy matches failures to wait: the call's turn, or the pause the server
// asked for, would have come after [Limits.Budget] or the context's deadline.
// Nothing was sent, or nothing more: unless [ErrMaybeSent] matches too, the call
// was not carried out.
var ErrBusy = errors.New("chatapi: waiting would take longer than Limits.Budget or the context allow")

// Error is how a call failed that was begun. Its text names the call, the status
// and the server's code; it never holds the key, an ID or anything of the
// message.
type Error struct {
	Op     string // method and path without IDs, as "PUT /rooms/{id}"
	Tries  int    // how often the call was tried
	Status int    // HTTP status of the last answer; 0 when there was none
	RC     int    // the envelope's return code; 0 when there was none

	// Code is the server's word for the failure, as "ROOM_NOT_FOUND"; empty when
	// it gave none. The set is open (vendor's documents).
	Code string

	// Message is the server's sentence about the failure, cut to 256 bytes. It is
	// not part of the error's text, because a server may quote what it refuses.
	Message string

	// RetryAfter is how long the server asked to wait, 0 when it did not. It is
	// at most a day.
	RetryAfter time.Duration

	cause    error  // why there is no usable answer, nil when the server refused
	text     string // the cause's text without the key
	maybe    bool   // the call may have been carried out
	again    bool   // it surely was not, and another try makes sense
	askedFor bool   // the server asked for a pause, perhaps of no length
}

// Error returns the failure in one line.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "chatapi: %s: ", e.Op)
	if e.Status != 0 {
		fmt.Fprintf(&b, "HTTP %d", e.Status)
	} else {
		b.WriteString("no answer")
	}
	if e.RC != 0 && e.RC != e.Status {
		fmt.Fprintf(&b, ", RC %d", e.RC)
	}
	if e.Code != "" {
		b.WriteString(", " + e.Code)
	}
	if e.text != "" {
		b.WriteString(": " + e.text)
	}
	switch {
	case e.Status == http.StatusUnauthorized:
		b.WriteString("; is Config.Key the application's API key?")
	case e.RetryAfter > 0:
		fmt.Fprintf(&b, "; the server asks to wait %s", e.RetryAfter)
	}
	if e.Tries > 1 {
		fmt.Fprintf(&b, "; tried %d times", e.Tries)
	}
	if e.maybe {
		b.WriteString("; it may have been carried out")
	}
	return b.String()
}

// Unwrap returns why there is no usable answer, such as the error of the
// transport or of the context; nil when the server refused.
func (e *Error) Unwrap() error { return e.cause }

// Is makes the error match [ErrMaybeSent].
func (e *Error) Is(target error) bool { return target == ErrMaybeSent && e.maybe }

// Why an answer is of no use.
var (
	errRedirect = errors.New("the server redirects, which is never followed because the key would go along; " +
		"set Config.BaseURL to the final address")
	errCut        = errors.New("the answer broke off")
	errTooLarge   = errors.New("the answer is larger than 1 MiB")
	errUnreadable = errors.New("the answer is not one of the API; is Config.BaseURL the chat server's?")
)
