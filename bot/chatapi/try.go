package chatapi

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// maxAnswer bounds an answer. Those to the calls of this package are some
// kilobytes; a room with its members may have more.
const maxAnswer = 1 << 20

// try makes the call once. It goes through the transport alone, not through an
// http.Client: that follows redirects, and takes the header with the key along
// to any host.
func (c *Client) try(ctx context.Context, call request) (id string, failed *Error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.limits.TryTimeout,
		fmt.Errorf("it took longer than %s: %w", c.limits.TryTimeout, context.DeadlineExceeded))
	defer cancel()
	var link connection
	ctx = httptrace.WithClientTrace(ctx, link.trace())
	r, err := http.NewRequestWithContext(ctx, call.method, c.base+call.path, bytes.NewReader(call.body))
	if err != nil {
		return "", c.blame(&Error{Op: call.op}, err, false)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	c.authorize(r.Header)
	w, err := c.transport.RoundTrip(r)
	if err != nil {
		unsent := link.never()
		return "", c.blame(&Error{Op: call.op, again: unsent}, err, !unsent)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(io.LimitReader(w.Body, maxAnswer+1))
	return c.judge(call, w, body, err)
}

// connection follows how far a try came. A transport that reports nothing to
// httptrace is taken to have sent the request.
type connection struct{ wanted, got atomic.Bool }

func (l *connection) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { l.wanted.Store(true); l.got.Store(false) },
		GotConn: func(httptrace.GotConnInfo) { l.got.Store(true) },
	}
}

// never reports whether there was no connection, so that surely nothing was
// sent. Dialing, TLS and proxies fail like this.
func (l *connection) never() bool { return l.wanted.Load() && !l.got.Load() }
