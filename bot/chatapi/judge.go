package chatapi

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// judge tells success from failure.
func (c *Client) judge(call request, w *http.Response, body []byte, readErr error) (id string, failed *Error) {
	e := &Error{Op: call.op, Status: w.StatusCode}
	a, readable := decodeAnswer(body)
	a.describe(e, c.redact)
	e.askFor(w.Header.Get("Retry-After"), number(a.RetryAfter))
	switch class := w.StatusCode / 100; {
	case class == 3:
		c.blame(e, errRedirect, false)
	case class != 2:
		e.weigh(w.StatusCode)
	case readErr != nil:
		c.blame(e, fmt.Errorf("%w: %w", errCut, readErr), true)
	case len(body) > maxAnswer:
		c.blame(e, errTooLarge, true)
	case readable && a.refused():
		e.weigh(e.RC)
	case !readable || !a.accepted():
		c.blame(e, errUnreadable, true)
	default:
		return a.id(), nil
	}
	return "", e
}

// blame sets why there is no answer to go by. A transport's error may quote what
// the server sent.
func (c *Client) blame(e *Error, cause error, maybe bool) *Error {
	e.cause, e.maybe = cause, maybe
	e.text = printable(c.redact(cause.Error()), 256)
	return e
}

// weigh decides from a failure's status, or the RC that stands for it, whether
// the call may have been carried out and whether to try again. After a server
// error the message may be stored already, or a proxy may have lost patience;
// only a 503 that names a time to retry promises that nothing was done.
func (e *Error) weigh(status int) {
	e.again = status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable && e.askedFor
	e.maybe = status >= 500 && !e.again
}

// askFor sets the pause the server asks for, the longest of those given. The
// header has seconds or a date; the unit of retryAfter is not documented, its
// example of 60 goes with a limit by the minute.
func (e *Error) askFor(header, body string) {
	for _, s := range [...]string{header, body} {
		d, ok := pauseOf(s)
		e.askedFor = e.askedFor || ok
		e.RetryAfter = max(e.RetryAfter, d)
	}
}

func pauseOf(s string) (time.Duration, bool) {
	const most = 24 * time.Hour
	if t, err := http.ParseTime(s); err == nil {
		return min(max(time.Until(t), 0), most), true
	}
	seconds, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || !(seconds >= 0) { // NaN fails every comparison
		return 0, false
	}
	return time.Duration(min(seconds, most.Seconds()) * float64(time.Second)), true
}
