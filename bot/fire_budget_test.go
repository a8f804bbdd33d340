package bot_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

func TestRow33_Panics(t *testing.T) {
	for name, fault := range map[string]func(){
		"a value":       func() { panic("what ann wrote") },
		"nil":           func() { panic(nil) }, //nolint:govet // the point of the test
		"runtime error": func() { none := []int{}; none[len(none)]++ },
		"goexit":        runtime.Goexit,
	} {
		for _, proto := range []string{"HTTP/1.1", "HTTP/2"} {
			t.Run(name+" on "+proto, func(t *testing.T) {
				log := &strings.Builder{}
				b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: logTo(log)})
				b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { fault(); return bot.Reply{}, nil })
				srv := newServer(t, b, proto)
				for range 3 { // the slot, the turn and the process live on
					resp, body := do(t, srv, text("", "m", "x"))
					require.Equal(t, 500, resp.StatusCode)
					require.Equal(t, noop, body)
					require.Equal(t, "panic", resp.Header.Get("X-Bot-Error"))
				}
				srv.Close()
				require.NoError(t, b.Close(t.Context()))
				require.Equal(t, bot.Stats{}, b.Stats())
				require.Equal(t, 3, strings.Count(log.String(), "\n"), "one record each:\n%s", log)
				require.NotContains(t, log.String(), "what ann wrote")
				if name != "goexit" {
					require.Contains(t, log.String(), "fire_budget_test.go", "the stack")
				}
			})
		}
	}
}

func TestRow33_AbortHandler(t *testing.T) {
	for _, proto := range []string{"HTTP/1.1", "HTTP/2"} {
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
		b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { panic(http.ErrAbortHandler) })
		srv := newServer(t, b, proto)
		_, err := srv.Client().Do(clientRequest(t, srv, text("", "m", "x")))
		require.Error(t, err, "the connection or stream is reset, as for any handler")
		srv.Close()
		require.Equal(t, bot.Stats{}, b.Stats())
	}
}

func TestRow34_HandlerError(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
	b.Use(func(next bot.Handler) bot.Handler {
		return func(ctx context.Context, e event.Event) (bot.Reply, error) {
			r, err := next(ctx, e)
			if errors.Is(err, io.ErrUnexpectedEOF) {
				return bot.Say("Try again, please."), nil
			}
			return r, err
		}
	})
	b.OnText("plain", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go("x"), io.EOF })
	b.OnText("known", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Reply{}, io.ErrUnexpectedEOF })
	w := post(b, text("", "m1", "plain"))
	require.Equal(t, 500, w.Code)
	require.Equal(t, noop, w.Body.String(), "no state change")
	require.Equal(t, "handler", w.Header().Get("X-Bot-Error"))
	require.Equal(t, "Try again, please.", said(t, b, text("", "m2", "known")), "a middleware makes a reply of it")
}

// slow handles each message for as long as its text says.
func slow(cfg bot.Config) *bot.Bot {
	cfg.SenderID = "robot001"
	if cfg.Logger == nil {
		cfg.Logger = quiet()
	}
	b := bot.MustNew(cfg)
	b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) {
		d, _ := time.ParseDuration(m.Text())
		time.Sleep(d)
		return bot.Say("done"), nil
	})
	return b
}

// On a real connection the answer is whole and in time while the handler goes
// on.
func TestRow35_OverBudget(t *testing.T) {
	for _, proto := range []string{"HTTP/1.1", "HTTP/2"} {
		t.Run(proto, func(t *testing.T) {
			b := slow(bot.Config{Limits: bot.Limits{Budget: 50 * time.Millisecond}})
			srv := newServer(t, b, proto)
			start := time.Now()
			resp, body := do(t, srv, text("", "m", "600ms"))
			require.Less(t, time.Since(start), 500*time.Millisecond)
			require.Equal(t, 503, resp.StatusCode)
			require.Equal(t, noop, body)
			require.Equal(t, "budget", resp.Header.Get("X-Bot-Error"))
			require.Equal(t, "1", resp.Header.Get("Retry-After"))
			require.Equal(t, proto == "HTTP/1.1", resp.Close, "the connection's goroutine is not free for another request")
			require.Equal(t, 1, b.Stats().Running, "it keeps its slot")
			require.Equal(t, 1, b.Stats().Overdue)
			require.NoError(t, b.Close(t.Context()), "and Close waits for it")
			srv.Close()
			require.Equal(t, bot.Stats{Remembered: 1}, b.Stats())
		})
	}
}

func TestRow35_LateAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := slow(bot.Config{Late: bot.Say("One moment ...")})
		start := time.Now()
		w := post(b, text("idle", "m", "5s"))
		require.Equal(t, 5*time.Second, time.Since(start), "a recorder has no connection to answer on early")
		require.Equal(t, 200, w.Code)
		require.Equal(t, `{"senderID":"robot001","toBotState":"idle","data":{"messageType":"text","message":"One moment ..."}}`, w.Body.String())
		require.Contains(t, post(b, text("idle", "m", "5s")).Body.String(), "done", "a redelivery gets the late result")
	})
}

type valueKey struct{}

// What a middleware around the bot puts into the request's context arrives.
func TestContextValues(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
	b.OnMessage(func(ctx context.Context, _ *event.Message) (bot.Reply, error) {
		return bot.Say(ctx.Value(valueKey{}).(string)), nil
	})
	r := request(text("", "m", "x"))
	w := serve(b, r.WithContext(context.WithValue(r.Context(), valueKey{}, "from outside")))
	require.Contains(t, w.Body.String(), "from outside")
}

// The context ends at the budget, so that a handler that looks at it is in time.
func TestRow35_Context(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
		var kept context.Context
		b.OnMessage(func(ctx context.Context, m *event.Message) (bot.Reply, error) {
			kept = ctx
			deadline, ok := ctx.Deadline()
			require.True(t, ok)
			require.Equal(t, 2500*time.Millisecond, time.Until(deadline))
			if m.Text() == "quick" {
				return bot.Reply{}, nil
			}
			inner, cancel := context.WithTimeout(ctx, time.Hour)
			defer cancel()
			<-inner.Done()
			require.ErrorIs(t, ctx.Err(), context.DeadlineExceeded)
			return bot.Reply{}, ctx.Err()
		})
		w := post(b, text("", "m1", "wait"))
		require.Equal(t, 503, w.Code)
		require.Equal(t, "budget", w.Header().Get("X-Bot-Error"))
		<-kept.Done()

		post(b, text("", "m2", "quick"))
		require.ErrorIs(t, kept.Err(), context.Canceled, "nobody is left waiting on it")
		<-kept.Done()
	})
}

func TestRow36_OverdueHandlersAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := slow(bot.Config{Limits: bot.Limits{MaxRunning: 4}})
		codes := make(chan string, 8)
		for i := range 8 {
			go func() {
				w := post(b, inRoomText(fmt.Sprint("r", i), fmt.Sprint("m", i), "1h"))
				codes <- w.Header().Get("X-Bot-Error")
			}()
			synctest.Wait()
		}
		for range 4 {
			require.Equal(t, "busy", <-codes, "over the cap, at once")
		}
		require.Equal(t, 4, b.Stats().Running)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		require.Equal(t, 4, b.Stats().Overdue)
		w := post(b, inRoomText("new", "m", "0s"))
		require.Equal(t, 503, w.Code)
		require.Equal(t, "1", w.Header().Get("Retry-After"))
		time.Sleep(2 * time.Hour)
		for range 4 {
			require.Equal(t, "budget", <-codes)
		}
		require.Equal(t, 200, post(b, inRoomText("new", "m", "0s")).Code, "the slots come back")
	})
}

func inRoomText(room, id, words string) string {
	return fmt.Sprintf(`{"roomID":%q,"event":"MESSAGE","data":{"_id":%q,"message":%q,"sender":{"_id":"ann"}}}`, room, id, words)
}

func TestRow37_SenderHangsUp(t *testing.T) {
	started, ended := make(chan struct{}), make(chan error, 1)
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
	b.OnMessage(func(ctx context.Context, m *event.Message) (bot.Reply, error) {
		if m.Text() == "wait" {
			close(started)
			<-ctx.Done()
			ended <- ctx.Err()
		}
		return bot.Say("done"), nil
	})
	srv := httptest.NewServer(b)
	defer srv.Close()
	body := text("", "m", "wait")
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	require.NoError(t, err)
	_, err = fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	require.NoError(t, err)
	<-started
	require.NoError(t, conn.Close())
	require.ErrorIs(t, <-ended, context.Canceled)
	_, answer := do(t, srv, body)
	require.Contains(t, answer, "done", "the finished reply is kept for a redelivery")
}

func TestRow06_SlowBody(t *testing.T) {
	for name, header := range map[string]string{"declared": "Content-Length: 100", "chunked": "Transfer-Encoding: chunked"} {
		b, calls := counting(t, bot.Config{Limits: bot.Limits{ReadTimeout: 50 * time.Millisecond}})
		srv := httptest.NewServer(b)
		conn, err := net.Dial("tcp", srv.Listener.Addr().String())
		require.NoError(t, err)
		_, err = fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%s\r\n\r\n1\r\n{\r\n", header)
		require.NoError(t, err)
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err, name)
		got, err := io.ReadAll(resp.Body)
		require.NoError(t, err, name)
		require.Equal(t, 408, resp.StatusCode, name)
		require.Equal(t, noop, string(got))
		require.True(t, resp.Close, "the connection ends")
		require.Zero(t, calls.Load())
		require.NoError(t, conn.Close())
		srv.Close()
	}
}

// A wrapper that hides the connection must not break reading.
func TestRow06_NoDeadlineToSet(t *testing.T) {
	b, calls := counting(t, bot.Config{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.ServeHTTP(struct{ http.ResponseWriter }{w}, r)
	}))
	defer srv.Close()
	resp, _ := do(t, srv, text("", "m", "x"))
	require.Equal(t, 200, resp.StatusCode)
	require.EqualValues(t, 1, calls.Load())
}

func TestRow08_BodyEndsEarly(t *testing.T) {
	b, calls := counting(t, bot.Config{})
	srv := httptest.NewServer(b)
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	_, err = fmt.Fprint(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"roomID\":")
	require.NoError(t, err)
	require.NoError(t, conn.(*net.TCPConn).CloseWrite())
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	require.Equal(t, 400, resp.StatusCode)
	require.Equal(t, "broken-body", resp.Header.Get("X-Bot-Error"))
	require.Zero(t, calls.Load())
}
