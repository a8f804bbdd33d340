package bot_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/stretchr/testify/require"
)

// Whatever of the user's code panics, the sender is answered and the process
// lives.
func TestRow33_PanicsElsewhere(t *testing.T) {
	for _, proto := range []string{"HTTP/1.1", "HTTP/2"} {
		for name, c := range map[string]struct {
			cfg    bot.Config
			setup  func(*bot.Bot)
			status int
		}{
			"verifier":  {bot.Config{Verify: panicking{}}, nil, 500},
			"observer":  {bot.Config{Observer: panicking{}}, nil, 200},
			"condition": {bot.Config{}, func(b *bot.Bot) { b.OnCondition("x", func(*event.Message) bool { panic("x") }, says("x")) }, 500},
			"typed error": {bot.Config{}, func(b *bot.Bot) {
				b.OnText("x", func(context.Context, *event.Message) (bot.Reply, error) { var e *nilError; return bot.Reply{}, e })
			}, 500},
			"hook": {bot.Config{}, func(b *bot.Bot) {
				b.State(size).OnEnter(func(context.Context, event.Event, *bot.Reply) error { panic("x") })
				b.OnText("x", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(size), nil })
			}, 500},
		} {
			t.Run(name+" on "+proto, func(t *testing.T) {
				c.cfg.SenderID, c.cfg.Machine, c.cfg.Logger = "robot001", machine(), logTo(io.Discard)
				b := bot.MustNew(c.cfg)
				if c.setup != nil {
					c.setup(b)
				}
				b.OnMessage(says("ok"))
				srv := newServer(t, b, proto)
				resp, body := do(t, srv, text("idle", "m", "x"))
				require.Equal(t, c.status, resp.StatusCode)
				requireEnvelope(t, []byte(body))
				srv.Close()
				require.NoError(t, b.Close(t.Context()))
				require.Zero(t, b.Stats().Running)
			})
		}
	}
}

type panicking struct{}

func (panicking) Verify(*http.Request) (int, error) { panic("x") }
func (panicking) Observe(bot.Record)                { panic("x") }

type nilError struct{ text string }

func (e *nilError) Error() string { return e.text }

// A middleware's own move is checked like a handler's.
func TestRow38_MiddlewareMoves(t *testing.T) {
	for to, want := range map[fsm.State]int{"nowhere": 500, confirm: 500, size: 200} {
		b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
		b.Use(func(bot.Handler) bot.Handler {
			return func(context.Context, event.Event) (bot.Reply, error) { return bot.Go(to), nil }
		})
		b.OnMessage(says("ok"))
		b.State(size).Prompt("Small or large?")
		w := post(b, text("idle", "m", "x"))
		require.Equal(t, want, w.Code, to)
		require.Equal(t, want == 200, strings.Contains(w.Body.String(), "Small or large?"), "the prompt is said all the same")
	}
}

// A move that was refused stays refused when a middleware tries it again.
func TestRow38_MiddlewareRepeatsRefusedMove(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
	b.Use(func(next bot.Handler) bot.Handler {
		return func(ctx context.Context, e event.Event) (bot.Reply, error) {
			_, err := next(ctx, e)
			require.ErrorIs(t, err, bot.ErrReply)
			return bot.Go(confirm), nil
		}
	})
	b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(confirm), nil })
	require.Equal(t, 500, post(b, text("idle", "m", "x")).Code)
}

// The same states are the same group, so middleware cannot be missed.
func TestStateIsOneGroup(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
	calls := 0
	b.State(size, idle).Use(func(next bot.Handler) bot.Handler {
		return func(ctx context.Context, e event.Event) (bot.Reply, error) { calls++; return next(ctx, e) }
	})
	b.State(idle, size, idle).OnMessage(says("ok"))
	require.Equal(t, "ok", said(t, b, text("idle", "m", "x")))
	require.Equal(t, 1, calls)
}

// A prompt is the bot's own: what a middleware does to a reply stays there.
func TestPromptIsNotShared(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
	b.Use(func(next bot.Handler) bot.Handler {
		return func(ctx context.Context, e event.Event) (bot.Reply, error) {
			r, err := next(ctx, e)
			r.Message.Text += "!"
			return r, err
		}
	})
	b.State(size).Prompt("Which")
	b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(size), nil })
	for i := range 3 {
		require.Equal(t, "Which!", said(t, b, inRoom(fmt.Sprint(i), "idle", "m")))
	}
}

// The usual redelivery: the sender gives up, sends again and closes the first.
func TestRow28_FirstSenderHangsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
		b.OnMessage(func(ctx context.Context, _ *event.Message) (bot.Reply, error) {
			select {
			case <-ctx.Done():
				return bot.Reply{}, ctx.Err()
			case <-time.After(time.Second):
				return bot.Say("done"), nil
			}
		})
		first, hangUp := context.WithCancel(t.Context())
		go serve(b, request(text("", "m", "x")).WithContext(first))
		synctest.Wait()
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { require.Equal(t, "done", said(t, b, text("", "m", "x"))) })
		}
		synctest.Wait()
		hangUp()
		wg.Wait()
	})
}

// Copies of an event that could not even start do not wait for ever.
func TestRow28_FirstIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := slow(bot.Config{Limits: bot.Limits{MaxRunning: 1}})
		go post(b, inRoomText("other", "m0", "1h"))
		synctest.Wait()
		require.Equal(t, 503, post(b, inRoomText("r", "m", "0s")).Code)
		require.Equal(t, 503, post(b, inRoomText("r", "m", "0s")).Code, "tried again, not remembered")
		require.Zero(t, b.Stats().Remembered)
		time.Sleep(2 * time.Hour)
	})
}

// A refused sender does not hold its connection with the rest of a body.
func TestRow22_SlowBodyOfAnUnverified(t *testing.T) {
	b, _ := counting(t, bot.Config{Verify: bot.SecretHeader("X-Bot-Secret", secret)})
	srv := newServer(t, b, "HTTP/1.1")
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	_, err = fmt.Fprint(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
	require.NoError(t, err)
	require.NoError(t, conn.SetReadDeadline(time.Now().Add(5*time.Second)))
	answer, err := io.ReadAll(conn)
	require.NoError(t, err, "the connection ends")
	require.Contains(t, string(answer), "401 Unauthorized")
}

// One deep or crowded megabyte must not cost hundreds.
func TestRow05_CrowdedBody(t *testing.T) {
	for _, element := range []string{"{}", "0", "[]", "null"} {
		members := strings.Repeat(element+",", 100_000) + element
		b, calls := counting(t, bot.Config{})
		w := post(b, `{"roomID":"r","event":"ADD_MEMBERS","data":{"members":[`+members+`]}}`)
		require.Equal(t, 400, w.Code, element)
		require.Zero(t, calls.Load())
	}
	b, _ := counting(t, bot.Config{})
	require.Equal(t, 200, post(b, text("", "m", strings.Repeat("{,[", 100_000))).Code, "a text may hold anything")
}

func TestRow49_URLsInErrors(t *testing.T) {
	var log strings.Builder
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: logTo(&log)})
	b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Reply{}, fmt.Errorf("ticket: %w", &url.Error{Op: "Get", URL: "https://x/CANARY?token=CANARY", Err: io.EOF})
	})
	require.Equal(t, 500, post(b, text("", "m", "x")).Code)
	require.Contains(t, log.String(), "[URL]")
	require.NotContains(t, log.String(), "CANARY")
}

// The documented defaults are those in force.
func TestDefaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := slow(bot.Config{})
		for i := range 300 {
			go post(b, inRoomText(fmt.Sprint(i), "m", "1h"))
		}
		synctest.Wait()
		require.Equal(t, 256, b.Stats().Running)
		time.Sleep(2 * time.Hour)
	})
	b, _ := counting(t, bot.Config{})
	require.Equal(t, 200, post(b, text("", "m", strings.Repeat("x", 1<<20-200))).Code)
	require.Equal(t, 413, post(b, text("", "m", strings.Repeat("x", 1<<20))).Code)
}
