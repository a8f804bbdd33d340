package app_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/stretchr/testify/require"
)

func echo(verify bot.Verifier) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "echo", Verify: verify})
	b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) { return bot.Say(m.Text()), nil })
	return b
}

// lines hands over what is written to it, so that a test can wait for a line.
type lines chan string

func (l lines) Write(p []byte) (int, error) { l <- string(p); return len(p), nil }

func TestRow55_Paths(t *testing.T) {
	t.Setenv("BOT_SECRET", "correct horse battery staple")
	ctx, cancel := context.WithCancel(t.Context())
	out, done, drained := make(lines, 10), make(chan error), false
	a := app.App{
		New:    echo,
		Handle: func(mux *http.ServeMux) { mux.HandleFunc("/metrics", func(w http.ResponseWriter, _ *http.Request) {}) },
		Drain:  func(context.Context) error { drained = true; return nil },
	}
	go func() { done <- a.Run(ctx, []string{"-addr", "127.0.0.1:0"}, nil, out) }()
	url := strings.TrimSpace(strings.TrimPrefix(<-out, "webhook: "))
	require.Contains(t, <-out, "-chat")
	require.Contains(t, <-out, `-H 'X-Bot-Secret: '"$BOT_SECRET"`, "the line can be pasted, and does not show the secret")

	for _, c := range []struct {
		url, secret string
		want        int
	}{
		{url, "correct horse battery staple", 200},
		{url + "/", "correct horse battery staple", 200},
		{strings.Replace(url, "/webhook", "//webhook//key", 1), "correct horse battery staple", 200},
		{url + "/correct%20horse%20battery%20staple", "", 200},
		{url + "/another%20horse%20battery%20staple", "", 401},
		{strings.Replace(url, "/webhook", "/webhooks", 1), "correct horse battery staple", 404},
		{url, "", 401},
		{strings.Replace(url, "/webhook", "/metrics", 1), "", 200},
		{strings.Replace(url, "/webhook", "/", 1), "", 404},
	} {
		r, err := http.NewRequest(http.MethodPost, c.url, strings.NewReader(`{"roomID":"r","event":"MESSAGE","data":{"message":"x","sender":{"_id":"ann"}}}`))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Bot-Secret", c.secret)
		resp, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		_ = resp.Body.Close()
		require.Equal(t, c.want, resp.StatusCode, c.url)
	}
	cancel()
	require.NoError(t, <-done)
	require.True(t, drained)
}

func TestREPL(t *testing.T) {
	var out bytes.Buffer
	err := app.App{New: echo}.Run(t.Context(), []string{"-repl"}, strings.NewReader("hello there\n"), &out)
	require.NoError(t, err)
	require.Contains(t, out.String(), "hello there")
}

func TestBadSecret(t *testing.T) {
	for _, secret := range []string{"", "short"} {
		t.Setenv("BOT_SECRET", secret)
		require.ErrorContains(t, app.App{New: echo}.Run(t.Context(), nil, nil, io.Discard), "BOT_SECRET")
	}
}

func TestFlags(t *testing.T) {
	require.Error(t, app.App{New: echo}.Run(t.Context(), []string{"-port", "1"}, nil, io.Discard))
	err := app.App{New: echo}.Run(t.Context(), []string{"-h"}, nil, io.Discard)
	require.True(t, errors.Is(err, flag.ErrHelp))
	require.Error(t, app.App{New: echo}.Run(t.Context(), []string{"-addr", "nowhere"}, nil, io.Discard))
}

// A page can be served beside the webhook, and only there.
func TestHandler(t *testing.T) {
	w := httptest.NewRecorder()
	app.App{New: echo}.Handler(echo(nil)).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/webhook", nil))
	require.Equal(t, http.StatusMethodNotAllowed, w.Code)
}

func TestWrap(t *testing.T) {
	wrap := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Wrapped", "yes")
			next.ServeHTTP(w, r)
		})
	}
	h := app.App{New: echo, Wrap: wrap}.Handler(echo(nil))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/webhook", nil))
	require.Equal(t, http.StatusMethodNotAllowed, w.Code)
	require.Equal(t, "yes", w.Header().Get("X-Wrapped"))
	w = httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	require.Empty(t, w.Header().Get("X-Wrapped"), "around the webhook only")
}
