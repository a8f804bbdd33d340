package chatapi_test

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/funtekco/webhookbot/bot/chatapi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func logTo(w *strings.Builder) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

const tooMany = `{"error":"RATE_LIMIT_EXCEEDED","message":"Too many requests","retryAfter":60}`

// The documented answer is honoured to the second with the limits as they are.
func TestRow42_RetryAfterOfTheDocuments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inMemory(t, chatapi.Config{}, nil, answer(429, tooMany), answer(200, sent))
		start := time.Now()
		id, err := send(c)
		require.NoError(t, err)
		require.Equal(t, "m1", id)
		require.Equal(t, time.Minute, time.Since(start))
		require.Equal(t, 2, s.count())
		require.Equal(t, s.bodies[0], s.bodies[1])
	})
}

// A pause longer than the budget is not begun, and the error tells its length.
func TestRow42_RetryAfterBeyondBudget(t *testing.T) {
	for _, c := range []struct {
		name, why, body, header string
		want                    time.Duration
	}{
		{"just over", "the budget is 75 s", `{"retryAfter":76}`, "", 76 * time.Second},
		{"hours", "nobody waits in a call that long", "", "7200", 2 * time.Hour},
		{"huge", "it must not overflow", `{"retryAfter":1e300}`, "", 24 * time.Hour},
		{"infinite", "ParseFloat reads it", `{}`, "Inf", 24 * time.Hour},
		{"far date", "as hours", `{}`, "Fri, 31 Dec 9999 23:59:59 GMT", 24 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				header := []string{"X", "y"}
				if c.header != "" {
					header = []string{"Retry-After", c.header}
				}
				s, api := inMemory(t, chatapi.Config{}, nil, answer(429, c.body, header...), answer(200, sent))
				start := time.Now()
				_, err := send(api)
				require.Equal(t, c.want, failure(t, err).RetryAfter, c.why)
				require.ErrorIs(t, err, chatapi.ErrBusy)
				require.NotErrorIs(t, err, chatapi.ErrMaybeSent)
				require.Zero(t, time.Since(start))
				require.Equal(t, 1, s.count())

				_, err = send(api)
				require.NoError(t, err, "other calls wait for the budget at most")
				require.Equal(t, 75*time.Second, time.Since(start))
			})
		})
	}
}

// The budget is for all waits of a call together.
func TestRow42_BudgetIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inMemory(t, chatapi.Config{}, nil, answer(429, `{"retryAfter":40}`))
		start := time.Now()
		_, err := send(c)
		require.ErrorIs(t, err, chatapi.ErrBusy)
		require.Equal(t, 2, failure(t, err).Tries)
		require.Equal(t, 40*time.Second, time.Since(start))
		require.Equal(t, 2, s.count())
	})
}

// Without a usable time the wait is the usual one.
func TestRow42_NoRetryAfter(t *testing.T) {
	for _, body := range []string{``, `null`, `[]`, `<html>`, `{"retryAfter":null}`, `{"retryAfter":-5}`, `{"retryAfter":"NaN"}`, `{"retryAfter":{}}`, `{"retryAfter":"1e"}`} {
		synctest.Test(t, func(t *testing.T) {
			s, c := inMemory(t, chatapi.Config{}, nil, answer(429, body), answer(200, sent))
			start := time.Now()
			_, err := send(c)
			require.NoError(t, err, body)
			require.Equal(t, 2, s.count())
			require.Less(t, time.Since(start), 2*time.Second)
		})
	}
}

// A pause that the server asks of one call is kept by all, which leave it at the
// client's rate.
func TestRow42_PauseHoldsAllCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inMemory(t, chatapi.Config{}, nil, answer(429, tooMany), answer(200, sent))
		start := time.Now()
		var wg sync.WaitGroup
		wg.Go(func() { _, err := send(c); assert.NoError(t, err) })
		synctest.Wait()
		require.Equal(t, 1, s.count())
		for range 45 {
			wg.Go(func() { _, err := send(c); assert.NoError(t, err) })
		}
		synctest.Wait()
		require.Equal(t, 1, s.count(), "nothing is sent in the pause")
		time.Sleep(59 * time.Second)
		require.Equal(t, 1, s.count())
		wg.Wait()
		require.Equal(t, 47, s.count())
		require.GreaterOrEqual(t, s.times[46].Sub(s.times[1]), 2*time.Second, "15 at once, then 15 a second")
		require.Greater(t, time.Since(start), time.Minute)
	})
}

// A call that waits for its turn when the pause begins keeps it too.
func TestRow42_PauseHoldsTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inMemory(t, chatapi.Config{Limits: chatapi.Limits{PerSecond: 1}}, nil, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(500 * time.Millisecond)
			answer(429, `{"retryAfter":30}`)(w, r)
		}, answer(200, sent))
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { _, err := send(c); assert.NoError(t, err) })
		}
		wg.Wait()
		require.Equal(t, 4, s.count())
		require.Equal(t, 30500*time.Millisecond, s.times[1].Sub(s.times[0]))
	})
}

// No second sees more than the rate and what was saved up; no minute comes near
// the server's 1000.
func TestRow42_Limiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inMemory(t, chatapi.Config{}, nil, answer(200, sent))
		var wg sync.WaitGroup
		for range 600 {
			wg.Go(func() { _, err := send(c); assert.NoError(t, err) })
		}
		wg.Wait()
		times := slices.SortedFunc(slices.Values(s.times), time.Time.Compare)
		require.Len(t, times, 600)
		for i := range times {
			until, _ := slices.BinarySearchFunc(times, times[i].Add(time.Second), time.Time.Compare)
			require.LessOrEqual(t, until-i, 31)
		}
		require.InDelta(t, 39, times[599].Sub(times[0]).Seconds(), 0.1)
	})
}

// More calls than the budget can serve fail at once instead of piling up.
func TestRow42_QueueIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inMemory(t, chatapi.Config{Limits: chatapi.Limits{PerSecond: 1, Budget: 10 * time.Second}}, nil, answer(200, sent))
		start := time.Now()
		var wg sync.WaitGroup
		var mu sync.Mutex
		busy := 0
		for range 100 {
			wg.Go(func() {
				if _, err := send(c); err != nil {
					assert.ErrorIs(t, err, chatapi.ErrBusy)
					assert.NotErrorIs(t, err, chatapi.ErrMaybeSent)
					assert.Zero(t, time.Since(start))
					mu.Lock()
					defer mu.Unlock()
					busy++
				}
			})
		}
		wg.Wait()
		require.Equal(t, 11, s.count())
		require.Equal(t, 89, busy)
		_, err := send(c)
		require.NoError(t, err, "those that failed gave their turns back")
	})
}

// On real sockets, in real time.
func TestRow42_Loopback(t *testing.T) {
	s, url := listen(t, answer(429, `{"error":"RATE_LIMIT_EXCEEDED","retryAfter":1}`), answer(200, sent))
	start := time.Now()
	_, err := send(client(t, chatapi.Config{BaseURL: url}))
	require.NoError(t, err)
	require.Equal(t, 2, s.count())
	require.GreaterOrEqual(t, time.Since(start), time.Second)
}
