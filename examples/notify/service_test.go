package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

var quick = Retry{Tries: 4, First: time.Millisecond}

var lunch = Push{
	To:           "/topics/room-demo",
	Notification: Notification{Title: "demo", Body: "Ann: lunch"},
	Data:         Data{ID: "p1", Room: "demo", Kind: "MESSAGE"},
}

// script answers one status after the other and counts requests. A status of 0
// cuts the connection.
type script struct {
	mu       sync.Mutex
	statuses []int
	requests []*http.Request
	bodies   []string
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	s.requests, s.bodies = append(s.requests, r), append(s.bodies, string(body))
	status := s.statuses[min(len(s.requests), len(s.statuses))-1]
	switch status {
	case 0:
		panic(http.ErrAbortHandler)
	case 429, 503:
		w.Header().Set("Retry-After", "0")
	case 302:
		w.Header().Set("Location", "/elsewhere")
	case 1503: // 503 with a wait
		w.Header().Set("Retry-After", "3601")
		status = 503
	}
	w.WriteHeader(status)
}

// count waits for the request that is in work.
func (s *script) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.requests)
}

func serve(t *testing.T, statuses ...int) (*script, *Service) {
	s := &script{statuses: statuses}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	svc, err := NewService(srv.URL+"/send?key=canary", "t0ken-canary")
	require.NoError(t, err)
	svc.Retry = quick
	return s, svc
}

func TestService_Request(t *testing.T) {
	s, svc := serve(t, 200)
	require.NoError(t, svc.Send(t.Context(), lunch))
	require.Equal(t, `{"to":"/topics/room-demo","notification":{"title":"demo","body":"Ann: lunch"},"data":{"id":"p1","room":"demo","kind":"MESSAGE"}}`, s.bodies[0])
	h := s.requests[0].Header
	require.Equal(t, "application/json", h.Get("Content-Type"))
	require.Equal(t, "Bearer t0ken-canary", h.Get("Authorization"))
	require.Empty(t, h.Get("Idempotency-Key"))
}

func TestService_Retries(t *testing.T) {
	for _, c := range []struct {
		name             string
		statuses         []int
		once, idempotent int // requests that the service sees
		why              string
	}{
		{"taken", []int{204}, 1, 1, ""},
		{"too many", []int{429, 429, 200}, 3, 3, "it says that it did not take it"},
		{"always too many", []int{429}, 4, 4, "tries end"},
		{"down for now", []int{503, 503, 200}, 3, 3, "with a Retry-After it says the same"},
		{"broken", []int{500, 200}, 1, 2, "it may have been taken before it broke"},
		{"gateway", []int{502, 504, 200}, 1, 3, "behind the gateway it may have been taken"},
		{"cut", []int{0, 0, 200}, 1, 3, "only the answer may be lost"},
		{"wrong", []int{400, 200}, 1, 1, "the same again is as wrong"},
		{"redirect", []int{302, 200}, 1, 1, "the push and its secrets stay here"},
		{"far too long", []int{1503, 200}, 1, 1, "an hour's wait is no retry"},
	} {
		for _, idempotent := range []bool{false, true} {
			t.Run(c.name, func(t *testing.T) {
				s, svc := serve(t, c.statuses...)
				svc.Idempotent = idempotent
				// Without keep-alive net/http cannot repeat by itself.
				svc.Client.Transport = &http.Transport{DisableKeepAlives: true}
				err := svc.Send(t.Context(), lunch)
				want := c.once
				if idempotent {
					want = c.idempotent
				}
				require.Equal(t, want, s.count(), c.why)
				last := c.statuses[min(want, len(c.statuses))-1]
				require.Equal(t, last/100 == 2, err == nil, "%v", err)
				require.Equal(t, idempotent, s.requests[0].Header.Get("Idempotency-Key") == "p1")
			})
		}
	}
}

// A service that is down and comes back: nothing reached it, so a push is
// repeated even when it must not be sent twice.
func TestService_Down(t *testing.T) {
	s, svc := serve(t, 200)
	dial := (&net.Dialer{}).DialContext
	var tries atomic.Int32
	svc.Client.Transport = &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		if tries.Add(1) < 3 {
			addr = "127.0.0.1:1" // nobody listens there
		}
		return dial(ctx, network, addr)
	}}
	require.NoError(t, svc.Send(t.Context(), lunch))
	require.Len(t, s.requests, 1)
	require.EqualValues(t, 3, tries.Load())
}

func TestService_Canceled(t *testing.T) {
	s, svc := serve(t, 200)
	svc.Idempotent = true
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, svc.Send(ctx, lunch), context.Canceled)
	require.Empty(t, s.requests)
}

func TestRetry_Pauses(t *testing.T) {
	for range 1000 {
		require.Less(t, Retry{}.pause(0), 250*time.Millisecond)
		require.Less(t, Retry{}.pause(2), time.Second)
		require.Less(t, Retry{}.pause(60), 30*time.Second, "no overflow")
	}
}

func TestRetry_Time(t *testing.T) {
	fails := errors.New("fails")
	synctest.Test(t, func(t *testing.T) {
		begin, tries := time.Now(), 0
		err := Retry{Tries: 3}.Do(t.Context(), func() error { tries++; return fails },
			func(error) (time.Duration, bool) { return 5 * time.Second, true })
		require.ErrorIs(t, err, fails)
		require.Equal(t, 3, tries)
		require.GreaterOrEqual(t, time.Since(begin), 10*time.Second, "as long as the service asks for")
		require.Less(t, time.Since(begin), 11*time.Second)
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		err := Retry{}.Do(ctx, func() error { return fails }, func(error) (time.Duration, bool) { return time.Minute / 3, true })
		require.ErrorIs(t, err, fails)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(begin), "no pause outlasts its context")
	})
}

func TestQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sent atomic.Int32
		q := NewQueue(func(context.Context, Push) error { time.Sleep(time.Second); sent.Add(1); return nil }, 2, 4)
		require.NoError(t, q.Add(lunch, lunch))
		synctest.Wait() // the workers have both
		require.NoError(t, q.Add(lunch, lunch, lunch))
		require.ErrorIs(t, q.Add(lunch, lunch), ErrFull, "all or none")
		require.NoError(t, q.Add(lunch))
		require.NoError(t, q.Drain(t.Context()))
		require.EqualValues(t, 6, sent.Load(), "drained")
		require.ErrorIs(t, q.Add(lunch), ErrClosed)
		require.NoError(t, q.Drain(t.Context()), "again is harmless")
	})
}

func TestQueue_DrainGivesUp(t *testing.T) {
	logs := catch(t)
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(func(ctx context.Context, _ Push) error { <-ctx.Done(); return ctx.Err() }, 2, 10)
		require.NoError(t, q.Add(lunch, lunch, lunch, lunch, lunch))
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		begin := time.Now()
		require.EqualError(t, q.Drain(ctx), "notify: 5 pushes were not sent in time")
		require.Equal(t, 3*time.Second, time.Since(begin))
	})
	require.Equal(t, 5, strings.Count(logs.String(), "id=p1"), "the log has each")
}

// Nothing that the environment keeps secret, and no text, reaches the log.
func TestQueue_LogsNoSecret(t *testing.T) {
	logs := catch(t)
	for _, status := range []int{500, 400, 0, 302} {
		_, svc := serve(t, status)
		q := NewQueue(svc.Send, 1, 1)
		require.NoError(t, q.Add(lunch))
		require.NoError(t, q.Drain(t.Context()))
	}
	svc, err := NewService("http://127.0.0.1:1/canary", "canary")
	require.NoError(t, err)
	svc.Retry = quick
	q := NewQueue(svc.Send, 1, 1)
	require.NoError(t, q.Add(lunch))
	require.NoError(t, q.Drain(t.Context()))
	require.Equal(t, 5, strings.Count(logs.String(), "push not sent"))
	require.NotContains(t, logs.String(), "canary")
	require.NotContains(t, logs.String(), "lunch")
}

// catch returns what the default logger writes during the test.
func catch(t *testing.T) *bytes.Buffer {
	var logs bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&logs, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return &logs
}
