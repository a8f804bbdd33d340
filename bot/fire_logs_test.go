package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

func TestRow48_LogInjection(t *testing.T) {
	nasty := "r\nlevel=ERROR msg=forged \x1b[31m \u202eevil \u2028 end" + strings.Repeat("x", 200)
	body, err := json.Marshal(map[string]any{"roomID": nasty, "event": "MESSAGE", "data": map[string]any{
		"_id": nasty, "message": "x", "sender": map[string]any{"_id": nasty}}})
	require.NoError(t, err)
	for name, handler := range map[string]func(*strings.Builder) slog.Handler{
		"json": func(w *strings.Builder) slog.Handler {
			return slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug})
		},
		"text": func(w *strings.Builder) slog.Handler {
			return slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug})
		},
	} {
		var log strings.Builder
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: slog.New(handler(&log))})
		b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
			return bot.Reply{}, errors.New("no such order: " + nasty)
		})
		require.Equal(t, 500, post(b, string(body)).Code)
		require.Equal(t, 1, strings.Count(log.String(), "\n"), "%s: one record, one line", name)
		for _, r := range []string{"\x1b", "\u202e", "\u2028"} {
			require.NotContains(t, log.String(), r, name)
		}
		require.Less(t, log.Len(), 2048, "values are cut")
	}
}

// Nothing of a secret, a text, a name or a path is in a log, an error, a header
// or a record, whatever goes wrong.
func TestRow49_Canaries(t *testing.T) {
	const canary = "CANARY-in-a-text"
	const old, current = "CANARY-old-secret-value", "CANARY-new-secret-value"
	var log strings.Builder
	seen := &recorder{}
	verify := bot.SecretHeader("X-Bot-Secret", old, current)
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: logTo(&log), Observer: seen,
		Verify: verify, Limits: bot.Limits{Budget: 20 * time.Millisecond, MaxBody: 2048}})
	b.OnText(canary+" panic", func(_ context.Context, m *event.Message) (bot.Reply, error) { panic(m.Text()) })
	b.OnText(canary+" error", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Reply{}, errors.New("plain") })
	b.OnText(canary+" late", func(context.Context, *event.Message) (bot.Reply, error) {
		time.Sleep(50 * time.Millisecond)
		return bot.Say(canary), nil
	})
	b.OnText(canary+" bad", func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say(strings.Repeat(m.Text(), 10_000)), nil
	})
	b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) { return bot.Say(m.Text()), nil })

	bodies := []string{"", "{", `{"` + canary + `":1,"` + canary + `":2}`, `{"roomID":7,"event":"` + canary + `"}`,
		text("idle", "m", canary)[:60], strings.Repeat(canary, 1000)}
	for i, end := range []string{" panic", " error", " late", " bad", " fine"} {
		bodies = append(bodies, text("idle", fmt.Sprint("m", i), canary+end))
	}
	for _, body := range bodies {
		for _, s := range []string{old, current, "CANARY-wrong-secret-value", ""} {
			r := request(body)
			r.URL.Path = "/webhook/" + canary
			r.Header.Set("X-Bot-Secret", s)
			w := serve(b, r)
			for k, v := range w.Header() {
				require.NotContains(t, fmt.Sprint(k, v), "CANARY")
			}
			if w.Code != 200 {
				require.Equal(t, noop, w.Body.String())
			}
		}
	}
	require.NotEmpty(t, log.String())
	require.NotContains(t, log.String(), "CANARY", "the canary is in the log")
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", seen.all, verify, verify), "CANARY")
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		require.NotContains(t, fmt.Sprintf(format, verify), "CANARY")
	}
}

// Labels come from the bot's own code, whatever the sender makes up.
func TestRow50_LabelsAreClosed(t *testing.T) {
	seen := &recorder{}
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet(), Observer: seen})
	b.OnMessage(says("ok"))
	for i := range 100 {
		post(b, inRoom("r", fmt.Sprint("made-up", i), fmt.Sprint("m", i)))
		post(b, fmt.Sprintf(`{"roomID":"r","event":"MADE_UP_%d","botState":"made up %d"}`, i, i))
		post(b, fmt.Sprintf(`{"event":"MADE_UP_%d"}`, i))
	}
	labels := map[string]bool{}
	for _, r := range seen.all {
		labels[fmt.Sprint(r.Kind, "|", r.State, "|", r.Route, "|", r.Outcome)] = true
	}
	require.Equal(t, map[string]bool{
		"MESSAGE|other|any state: event MESSAGE|replied": true,
		"other|other||unrouted":                          true,
		"none|||malformed":                               true,
	}, labels)
}

func TestObserver(t *testing.T) {
	var counters bot.Counters
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet(), Observer: &counters})
	b.State(idle).OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(size), nil })
	require.Equal(t, "[]", counters.String())
	post(b, text("idle", "m1", "x"))
	post(b, text("idle", "m1", "x"))
	post(b, text("size", "m2", "x"))
	serve(b, func() *http.Request { r := request(""); r.Method = "GET"; return r }())
	var got []string
	for _, c := range counters.Counts() {
		got = append(got, fmt.Sprint(c.Kind, " ", c.State, " ", c.Outcome, " ", c.Count))
	}
	require.Equal(t, []string{"MESSAGE idle duplicate 1", "MESSAGE idle moved 1", "MESSAGE size unrouted 1", "none  method 1"}, got)
	require.Contains(t, counters.String(), `{"kind":"MESSAGE","state":"idle","outcome":"moved","count":1,"stale":0,"nanoseconds":`)
}

// What any sender can provoke is written once a minute; a failure of the bot
// itself every time.
func TestLogLevels(t *testing.T) {
	var log strings.Builder
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: slog.New(slog.NewTextHandler(&log, nil))})
	b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) { return bot.Reply{}, errors.New("broken") })
	for range 10 {
		post(b, "{")
		r := request("")
		r.RemoteAddr = "192.0.2.1:1"
		serve(b, r)
	}
	require.Equal(t, 2, strings.Count(log.String(), "\n"), log.String())
	require.Contains(t, log.String(), "set Config.Verify", "the remedy")
	for i := range 3 {
		post(b, text("", fmt.Sprint("m", i), "x"))
	}
	require.Equal(t, 5, strings.Count(log.String(), "\n"), log.String())
	require.Contains(t, log.String(), "level=ERROR msg=\"bot: request\" outcome=handler status=500 kind=MESSAGE room=r sender=ann message=m0")
}

// recorder keeps every record; these tests serve one request at a time.
type recorder struct{ all []bot.Record }

func (r *recorder) Observe(rec bot.Record) { r.all = append(r.all, rec) }
