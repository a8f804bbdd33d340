package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
)

// Service is a push service that takes a [Push] as the body of a POST.
type Service struct {
	URL    string // may hold a secret: it is never logged
	Token  string // sent as a bearer token, unless empty
	Client *http.Client

	// Idempotent says that the service drops a second push with the same ID,
	// which it also gets in the header Idempotency-Key. Without that a push is
	// repeated only when the first try surely was not taken.
	Idempotent bool

	Retry Retry
}

// NewService returns a service with the default retries. It gives one try ten
// seconds, and follows no redirect, because the push would go along.
func NewService(address, token string) (*Service, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("notify: PUSH_URL is not an http or https address") // url's error repeats it
	}
	return &Service{URL: address, Token: token, Client: &http.Client{
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Send sends one push, with retries.
func (s *Service) Send(ctx context.Context, p Push) error {
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return s.Retry.Do(ctx, func() error { return s.post(ctx, p.Data.ID, body) }, s.again)
}

func (s *Service) post(ctx context.Context, id string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if s.Token != "" {
		req.Header.Set("Authorization", "Bearer "+s.Token)
	}
	if s.Idempotent {
		// Only then: net/http itself repeats requests that have this header.
		req.Header.Set("Idempotency-Key", id)
	}
	res, err := s.Client.Do(req)
	if err != nil {
		return withoutURL(err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // to use the connection again
	if res.StatusCode/100 != 2 {
		return newStatusError(res)
	}
	return nil
}

// withoutURL takes the address off an error of net/http.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// again reports whether and not before when a failed push may be repeated.
func (s *Service) again(err error) (wait time.Duration, ok bool) {
	var status *statusError
	var network *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		return 0, false
	case errors.As(err, &status):
		return status.wait, status.refused || s.Idempotent && status.code >= 500
	case errors.As(err, &network) && network.Op == "dial":
		return 0, true // nobody was there to take it
	}
	return 0, s.Idempotent // it may have arrived, and the answer got lost
}

// statusError is an answer other than 2xx.
type statusError struct {
	code    int
	refused bool          // the service says that it did not even look
	wait    time.Duration // how long it asks to wait
}

func newStatusError(res *http.Response) *statusError {
	e := &statusError{code: res.StatusCode}
	after := res.Header.Get("Retry-After")
	e.refused = e.code == http.StatusTooManyRequests || e.code == http.StatusServiceUnavailable && after != ""
	if sec, err := strconv.Atoi(after); err == nil && sec > 0 { // the header's other form, a date, counts as none
		e.wait = time.Duration(min(sec, 3600)) * time.Second
	}
	return e
}

func (e *statusError) Error() string {
	return fmt.Sprintf("push service answered %d %s", e.code, http.StatusText(e.code))
}

// Print returns a service for trying things out: it writes pushes to w.
func Print(w io.Writer) func(context.Context, Push) error {
	var mu sync.Mutex
	return func(_ context.Context, p Push) error {
		line, err := json.Marshal(p)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		_, err = fmt.Fprintf(w, "push: %s\n", line)
		return err
	}
}
