package emulator

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// hook delivers request bodies to the bot.
type hook struct {
	local   bool // the bot is a handler in this process
	target  *url.URL
	header  http.Header
	client  *http.Client
	timeout time.Duration
	// secret values are cut out of whatever is shown.
	secrets []string
}

func newHook(c Config, target *url.URL) *hook {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if c.Handler != nil {
		transport = inProcess(c.Handler, c.Logger)
	}
	transport.DisableCompression = true
	return &hook{
		local:   c.Handler != nil,
		target:  target,
		header:  c.Header.Clone(),
		timeout: c.Timeout,
		secrets: secretsOf(c.Header, target),
		client: &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}},
	}
}

// secretsOf lists what must not be shown, longest first. Short path segments stay:
// they are names, and cutting them out would garble what is shown.
func secretsOf(h http.Header, u *url.URL) []string {
	var s []string
	for _, values := range h {
		s = append(s, values...)
	}
	if p, ok := u.User.Password(); ok {
		s = append(s, p)
	}
	for _, values := range u.Query() {
		s = append(s, values...)
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if len(part) >= 16 {
			s = append(s, part)
		}
	}
	s = slices.DeleteFunc(s, func(v string) bool { return len(v) < 6 })
	slices.SortFunc(s, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(s)
}

const masked = "••••••"

// shown returns s without secrets.
func (h *hook) shown(s string) string {
	for _, secret := range h.secrets {
		s = strings.ReplaceAll(s, secret, masked)
	}
	return s
}

// name is the webhook as the page may show it: without user, query and whatever
// in the path may be a secret.
func (h *hook) name() string {
	if h.local {
		return "a handler in this process"
	}
	return h.shown((&url.URL{Scheme: h.target.Scheme, Host: h.target.Host, Path: h.target.Path}).String())
}

// parcel is a request to the bot.
type parcel struct {
	label  string // what the inspector calls it among several
	body   []byte
	header http.Header   // in place of the configured one when not nil
	wait   time.Duration // in place of the configured timeout when positive
}

// send delivers p and reads the answer. What goes wrong is in the exchange.
func (h *hook) send(ctx context.Context, p parcel) *exchange {
	x := &exchange{Label: p.label, sent: p.body, RequestSize: len(p.body), Request: h.shown(cut(p.body))}
	if p.wait <= 0 {
		p.wait = h.timeout
	}
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.target.String(), bytes.NewReader(p.body))
	if err != nil {
		x.Err = "the request cannot be made"
		return x
	}
	h.head(x, req, p.header)
	start := time.Now()
	err = x.roundTrip(h, req)
	x.TookMS = float64(time.Since(start).Microseconds()) / 1000
	if err != nil {
		x.Err = h.failure(err, p.wait)
		return x
	}
	x.judge()
	return x
}

// head sets the headers and notes them, with values only where they are ours.
func (h *hook) head(x *exchange, req *http.Request, instead http.Header) {
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "webhookbot-emulator")
	x.RequestHead = []headLine{{"Content-Type", "application/json"}}
	header := h.header
	if instead != nil {
		header = instead
	}
	for name, values := range header {
		req.Header[http.CanonicalHeaderKey(name)] = values
		if http.CanonicalHeaderKey(name) == "Host" && len(values) > 0 {
			req.Host = values[0] // net/http ignores it as a header
		}
		x.RequestHead = append(x.RequestHead, headLine{name, masked})
	}
}

// failure says why there is no answer. The text of a *url.Error would repeat the
// URL, so only its cause is told.
func (h *hook) failure(err error, wait time.Duration) string {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer within " + wait.String()
	case errors.Is(err, context.Canceled):
		return "the emulator was stopped while it waited"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrClosedPipe):
		return "the connection was closed without a complete answer; a handler that panics does this"
	}
	return "no answer: " + h.shown(err.Error())
}
