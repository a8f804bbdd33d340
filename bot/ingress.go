package bot

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/funtekco/webhookbot/event"
)

// admit makes the checks that need no body, cheapest first.
func (b *Bot) admit(r *http.Request) (key int, err error) {
	if r.Method != http.MethodPost {
		return -1, errMethod
	}
	if key, err = b.cfg.Verify.Verify(r); err != nil {
		if !errors.Is(err, ErrUnverified) {
			err = fmt.Errorf("%w: %w", ErrUnverified, err)
		}
		return -1, err
	}
	if !isJSON(r.Header) {
		return key, errMediaType
	}
	if r.ContentLength > b.cfg.MaxBody {
		return key, errTooLarge
	}
	return key, nil
}

// isJSON accepts application/json in UTF-8 without a content coding.
func isJSON(h http.Header) bool {
	if _, coded := h["Content-Encoding"]; coded {
		return false
	}
	types := h["Content-Type"]
	if len(types) != 1 {
		return false
	}
	if types[0] == "application/json" { // the usual spelling, without parsing
		return true
	}
	name, params, err := mime.ParseMediaType(types[0])
	if err != nil || name != "application/json" {
		return false
	}
	charset, ok := params["charset"]
	return !ok || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}

// buffers are for reading bodies: a decoded event does not refer to them.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// maxPooled keeps rare large bodies from staying in memory.
const maxPooled = 16 << 10

// readEvent reads the body and decodes it.
func (b *Bot) readEvent(w http.ResponseWriter, r *http.Request) (event.Event, error) {
	buf := buffers.Get().(*[]byte)
	body, err := b.readBody((*buf)[:0], w, r)
	if cap(body) <= maxPooled {
		defer buffers.Put(buf)
		*buf = body
	}
	if err != nil {
		return nil, err
	}
	return event.Decode(body)
}

// readBody reads the whole body, up to its end, so that net/http notices when
// the sender hangs up later.
func (b *Bot) readBody(body []byte, w http.ResponseWriter, r *http.Request) ([]byte, error) {
	stop := b.limitReading(w, r)
	defer stop()
	if size := int(r.ContentLength) + 1; size > cap(body) { // one more, to see the end without growing
		body = make([]byte, 0, size)
	}
	for {
		if len(body) == cap(body) {
			body = slices.Grow(body, 1<<10)
		}
		n, err := r.Body.Read(body[len(body):min(int64(cap(body)), b.cfg.MaxBody+1)])
		body = body[:len(body)+n]
		switch {
		case int64(len(body)) > b.cfg.MaxBody:
			return body, errTooLarge
		case err == io.EOF:
			return body, nil
		case errors.Is(err, os.ErrDeadlineExceeded):
			return body, errSlowBody
		case errors.As(err, new(*http.MaxBytesError)): // a tighter limit around the bot
			return body, errTooLarge
		case err != nil:
			return body, errBrokenBody
		}
	}
}

// limitReading sets the read deadline and returns what takes it away again. A
// server that has a ReadTimeout no longer than ours keeps it by itself. Where a
// wrapper hides the connection there is no deadline to set, and reading ends
// with the server's own limits.
func (b *Bot) limitReading(w http.ResponseWriter, r *http.Request) (stop func()) {
	limit := b.cfg.ReadTimeout
	if limit < 0 || r.ContentLength == 0 {
		return func() {}
	}
	srv, served := r.Context().Value(http.ServerContextKey).(*http.Server)
	if served && srv.ReadTimeout > 0 && srv.ReadTimeout <= limit {
		return func() {}
	}
	c := http.NewResponseController(w)
	if c.SetReadDeadline(time.Now().Add(limit)) != nil {
		if served {
			b.errs.once("bot: the body's read deadline cannot be set, because a middleware wraps the ResponseWriter without Unwrap")
		}
		return func() {}
	}
	return func() { _ = c.SetReadDeadline(time.Time{}) }
}
