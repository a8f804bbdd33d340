package chatapi_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/funtekco/webhookbot/bot/chatapi"
	"github.com/stretchr/testify/require"
)

// Every status on a real socket: one request, and an error that tells whether
// the message may be there. Those that are tried again are tested below.
func TestRow41_EveryStatus(t *testing.T) {
	for status := 200; status < 600; status++ {
		if status == 429 {
			continue
		}
		s, url := listen(t, answer(status, sent))
		id, err := send(client(t, chatapi.Config{BaseURL: url}))
		require.Equal(t, 1, s.count(), status)
		if status < 300 && status != 204 {
			require.NoError(t, err, status)
			require.Equal(t, "m1", id)
			continue
		}
		e := failure(t, err)
		require.Equal(t, status, e.Status)
		require.Equal(t, 1, e.Tries)
		require.Equal(t, status >= 500 || status == 204, maybeSent(err), "%d: %v", status, err)
		require.NotErrorIs(t, err, chatapi.ErrBusy)
	}
}

func TestRow41_BrokenAnswers(t *testing.T) {
	for _, c := range []struct {
		name, why string
		step      http.HandlerFunc
	}{
		{"closed at once", "the request was read, so it may have been carried out", raw("")},
		{"reset mid-headers", "an answer had begun", raw("HTTP/1.1 200 OK\r\nContent-Le")},
		{"reset mid-body", "success had been announced", raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"RC\":0,")},
		{"closed mid-chunk", "no length tells of the end", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"RC\":0")},
		{"not HTTP", "something was there to read the request", raw("SSH-2.0-OpenSSH_9.9\r\n\r\n")},
		{"two lengths", "net/http refuses it", raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}")},
		{"header quoted in the error", "it is not let into the error's text as it is", raw("HTTP/1.1 200 OK\r\n\x1b[31m" + key + "\r\n\r\n")},
		{"headers without end", "they are bounded", raw("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 1<<20))},
		{"switching protocols", "it is no answer", raw("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, url := listen(t, c.step)
			_, err := send(client(t, chatapi.Config{BaseURL: url}))
			e := failure(t, err)
			if e.Status != http.StatusSwitchingProtocols {
				require.ErrorIs(t, err, chatapi.ErrMaybeSent, c.why)
				require.Error(t, errors.Unwrap(e))
			}
			require.Equal(t, 1, s.count(), "it is not sent again")
			require.NotContains(t, err.Error(), "\x1b")
		})
	}
}

func TestRow41_SlowAnswers(t *testing.T) {
	for name, step := range map[string]http.HandlerFunc{"no headers": hang(""), "no end of the body": hang(`{"RC":0`)} {
		t.Run(name, func(t *testing.T) {
			s, url := listen(t, step)
			_, err := send(client(t, chatapi.Config{BaseURL: url, Limits: chatapi.Limits{TryTimeout: 50 * time.Millisecond}}))
			failure(t, err)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			require.ErrorIs(t, err, chatapi.ErrMaybeSent)
			require.Equal(t, 1, s.count())
		})
	}
}

func TestRow41_TryTimeoutIsTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inMemory(t, chatapi.Config{}, nil, hang(""))
		start := time.Now()
		_, err := send(c)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 10*time.Second, time.Since(start))
		require.Equal(t, 1, s.count())
	})
}

func TestRow41_NoConnection(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, ln.Close())
	_, err = send(client(t, chatapi.Config{BaseURL: "http://" + ln.Addr().String(), Limits: chatapi.Limits{Tries: 2}}))
	e := failure(t, err)
	require.Equal(t, 2, e.Tries)
	require.Zero(t, e.Status)
	require.NotErrorIs(t, err, chatapi.ErrMaybeSent)
	var op *net.OpError
	require.ErrorAs(t, err, &op)
}

// A certificate nobody vouches for: the connection is there, but not for HTTP.
func TestRow41_NoTLS(t *testing.T) {
	s := &chatServer{steps: []http.HandlerFunc{answer(200, sent)}}
	server := httptest.NewUnstartedServer(s)
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	server.StartTLS()
	defer server.Close()
	_, err := send(client(t, chatapi.Config{BaseURL: server.URL, Limits: chatapi.Limits{Tries: 1}}))
	failure(t, err)
	require.NotErrorIs(t, err, chatapi.ErrMaybeSent)
	require.Zero(t, s.count())
}

// HTTP/2 reports its connections in another way.
func TestRow41_HTTP2(t *testing.T) {
	for name, tc := range map[string]struct {
		step  http.HandlerFunc
		maybe bool
	}{
		"answer": {answer(200, sent), false},
		"hang":   {hang(""), true},
		"reset":  {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, true},
		"reset mid-body": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"RC":0`)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := &chatServer{steps: []http.HandlerFunc{answer(200, sent), tc.step}}
			server := httptest.NewUnstartedServer(s)
			server.EnableHTTP2 = true
			server.StartTLS()
			defer server.Close()
			trust := server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
			c := client(t, chatapi.Config{BaseURL: server.URL, Limits: chatapi.Limits{TryTimeout: 100 * time.Millisecond},
				Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: trust}}})
			for i := range 2 { // on a new connection, and on the same again
				_, err := send(c)
				require.Equal(t, i > 0 && tc.maybe, maybeSent(err), "%v", err)
				require.Equal(t, !tc.maybe || i == 0, err == nil)
			}
			require.Equal(t, 2, s.count())
			require.Equal(t, 2, s.requests[1].ProtoMajor)
		})
	}
}

// The waits between tries are drawn from 0.25 s to 2, 4 and 8 s.
func TestRow41_Backoff(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	seen := map[time.Duration]bool{}
	for range 200 {
		synctest.Test(t, func(t *testing.T) {
			var dials []time.Time
			_, c := inMemory(t, chatapi.Config{}, func(int) error {
				dials = append(dials, time.Now())
				return refused
			}, answer(200, sent))
			_, err := send(c)
			e := failure(t, err)
			require.Equal(t, 4, e.Tries)
			require.ErrorIs(t, err, refused)
			require.NotErrorIs(t, err, chatapi.ErrMaybeSent)
			require.Len(t, dials, 4)
			for i, top := range []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second} {
				wait := dials[i+1].Sub(dials[i])
				require.GreaterOrEqual(t, wait, 250*time.Millisecond)
				require.Less(t, wait, top)
				seen[wait] = true
			}
		})
	}
	require.Greater(t, len(seen), 500, "the waits are drawn, not computed")
}

func TestRow41_ConnectsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inMemory(t, chatapi.Config{}, func(n int) error {
			if n < 3 {
				return errors.New("network is unreachable")
			}
			return nil
		}, answer(200, sent))
		id, err := send(c)
		require.NoError(t, err)
		require.Equal(t, "m1", id)
		require.Equal(t, 1, s.count())
	})
}

func TestRow41_503(t *testing.T) {
	for _, c := range []struct {
		name, why, body, header string
		requests                int
		least                   time.Duration
	}{
		{"without a time", "it may come from a proxy that lost patience", ``, "", 1, 0},
		{"seconds", "nothing was done", ``, "20", 2, 20 * time.Second},
		{"zero", "any time will do", ``, "0", 2, 250 * time.Millisecond},
		{"in the body", "the form of 429", `{"error":"UNAVAILABLE","retryAfter":30}`, "", 2, 30 * time.Second},
		{"both", "the longer one", `{"retryAfter":30}`, "20", 2, 30 * time.Second},
		{"not a number", "it names no time", `{"retryAfter":"NaN"}`, "nan", 1, 0},
		{"nonsense", "it names no time", `{"retryAfter":"soon"}`, "tomorrow", 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				header := []string{}
				if c.header != "" {
					header = append(header, "Retry-After", c.header)
				}
				s, api := inMemory(t, chatapi.Config{}, nil, answer(503, c.body, header...), answer(200, sent))
				start := time.Now()
				_, err := send(api)
				require.Equal(t, c.requests, s.count(), c.why)
				require.Equal(t, c.requests == 1, maybeSent(err), c.why)
				require.GreaterOrEqual(t, time.Since(start), c.least)
			})
		})
	}
}

func TestRow41_RetryAfterDate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		date := time.Now().Add(40 * time.Second).UTC().Format(http.TimeFormat)
		s, c := inMemory(t, chatapi.Config{}, nil, answer(503, "", "Retry-After", date), answer(200, sent))
		start := time.Now()
		_, err := send(c)
		require.NoError(t, err)
		require.InDelta(t, 40, time.Since(start).Seconds(), 1)
		require.Equal(t, 2, s.count())
	})
}

// Four tries and no more, with a warning of each that is made again.
func TestRow41_GivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		s, c := inMemory(t, chatapi.Config{Logger: logTo(&log)}, nil, answer(503, "", "Retry-After", "1"))
		_, err := send(c)
		e := failure(t, err)
		require.Equal(t, 4, e.Tries)
		require.Equal(t, 4, s.count())
		require.Equal(t, time.Second, e.RetryAfter)
		require.NotErrorIs(t, err, chatapi.ErrMaybeSent)
		require.Equal(t, 3, strings.Count(log.String(), "trying again"))
	})
}

// The caller's context ends every kind of waiting, and its deadline is not
// waited for in vain.
func TestRow41_Context(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inMemory(t, chatapi.Config{}, nil, answer(503, "", "Retry-After", "30"))
		start := time.Now()
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(20*time.Second, cancel)
		_, err := sendUntil(ctx, c)
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, 503, failure(t, err).Status)
		require.NotErrorIs(t, err, chatapi.ErrMaybeSent)
		require.Equal(t, 20*time.Second, time.Since(start))

		_, err = sendUntil(ctx, c)
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, 1, s.count(), "a context that is over sends nothing")

		time.Sleep(time.Minute)
		start = time.Now()
		ctx, cancel = context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		_, err = sendUntil(ctx, c)
		require.ErrorIs(t, err, chatapi.ErrBusy)
		require.Equal(t, 30*time.Second, failure(t, err).RetryAfter)
		require.Zero(t, time.Since(start))
	})
}

func TestRow41_CanceledMidway(t *testing.T) {
	s, url := listen(t, hang(""))
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err := sendUntil(ctx, client(t, chatapi.Config{BaseURL: url}))
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, err, chatapi.ErrMaybeSent)
	require.Equal(t, 1, s.count())
}

// A transport that does not report its connections proves nothing by failing.
func TestRow41_SilentTransport(t *testing.T) {
	calls := 0
	c := client(t, chatapi.Config{BaseURL: "https://chat.example", Transport: transport(func(*http.Request) (*http.Response, error) {
		calls++
		return nil, fmt.Errorf("lost: %w", net.ErrClosed)
	})})
	_, err := send(c)
	require.ErrorIs(t, err, chatapi.ErrMaybeSent)
	require.ErrorIs(t, err, net.ErrClosed)
	require.Equal(t, 1, calls)
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
