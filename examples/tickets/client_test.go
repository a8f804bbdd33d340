package main

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/stretchr/testify/require"
)

// post sends one request to a bot and returns the answer.
func post(t *testing.T, b *bot.Bot, body string) string {
	r := httptest.NewRequest(http.MethodPost, "/webhook", strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:40000"
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	require.Equal(t, http.StatusOK, w.Code, w.Header().Get("X-Bot-Error"))
	return w.Body.String()
}

// Whatever the ticket system does, people hear of it, the room keeps its state,
// and the log has neither the token nor the address nor what was said.
func TestFallbacks(t *testing.T) {
	const sorry = "The ticket system does not answer, please try again."
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	for _, c := range []struct {
		name   string
		system http.HandlerFunc
		want   string
		why    string
	}{
		{"down", nil, sorry, "connection refused"},
		{"hangs", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, sorry, "before the handler's time is up"},
		{"broken", status(500), sorry, ""},
		{"wrong token", status(401), sorry, "nothing people can mend; the log tells"},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/canary", http.StatusTemporaryRedirect)
		}, sorry, "not followed"},
		{"html", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>canary")) }, sorry, "a proxy's page"},
		{"cut", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, sorry, ""},
		{"endless", func(w http.ResponseWriter, _ *http.Request) {
			for r := strings.Repeat("a", 1<<16); ; {
				if _, err := w.Write([]byte(`"` + r)); err != nil {
					return
				}
			}
		}, sorry, "reading ends"},
		{"rejects", status(422), "The ticket system does not take that. Please say it in other words, or /cancel.", ""},
		{"forgot", status(404), "There is no such ticket. /tickets shows the latest, /ticket opens one.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			logs := catch(t)
			address := "http://127.0.0.1:1/canary"
			if c.system != nil {
				srv := httptest.NewServer(c.system)
				t.Cleanup(srv.Close)
				address = srv.URL + "/canary"
			}
			client, err := NewClient(address, token)
			require.NoError(t, err)
			room := bottest.New(t, newBot(nil, client)).Room("r").At(Details)
			begin := time.Now()
			room.User("ann", "").Says("canary smoke").Replies(c.want).Stays()
			require.Less(t, time.Since(begin), 2400*time.Millisecond, c.why)
			require.Equal(t, c.want == sorry, logs.Len() > 0)
			require.NotContains(t, logs.String(), "canary", c.why)
		})
	}
}

func TestNewClient(t *testing.T) {
	for _, address := range []string{"", "tickets.example", "ftp://canary", "http://x\x7fcanary"} {
		_, err := NewClient(address, "")
		require.ErrorContains(t, err, "TICKETS_URL")
		require.NotContains(t, err.Error(), "canary")
	}
}

// Every rule of the fake is one that a real system may have.
func TestFake(t *testing.T) {
	f, c := fake(t)
	ctx := t.Context()
	_, err := c.Create(ctx, "k", Ticket{})
	require.ErrorIs(t, err, ErrRejected, "no subject")
	_, err = c.Create(ctx, "k", Ticket{Subject: strings.Repeat("é", maxSubject+1)})
	require.ErrorIs(t, err, ErrRejected)
	a, err := c.Create(ctx, "k", Ticket{Subject: "a", Room: "r"})
	require.NoError(t, err)
	again, err := c.Create(ctx, "k", Ticket{Subject: "b"})
	require.NoError(t, err)
	require.Equal(t, a, again, "one ticket a key")
	_, err = c.Update(ctx, "T-2", Ticket{Details: "x"})
	require.ErrorIs(t, err, ErrNotFound)
	_, err = c.Update(ctx, a.ID, Ticket{Details: strings.Repeat("x", maxTicket)})
	require.ErrorIs(t, err, ErrRejected)
	now, err := c.Update(ctx, a.ID, Ticket{Details: "x", Status: "closed", Room: "other"})
	require.NoError(t, err)
	require.Equal(t, Ticket{ID: "T-1", Status: "open", Room: "r", Subject: "a", Details: "x"}, now, "the rest is not the bot's to change")
	f.tickets = make([]*Ticket, maxTickets)
	for i := range f.tickets {
		f.tickets[i] = &Ticket{ID: "T-0"}
	}
	_, err = c.Create(ctx, "new", Ticket{Subject: "b"})
	require.ErrorIs(t, err, ErrUnavailable, "memory ends")
	c.token = "other"
	_, err = c.Get(ctx, a.ID)
	require.ErrorIs(t, err, ErrUnavailable)
}

func TestServeFake(t *testing.T) {
	address, token, stop, err := ServeFake()
	require.NoError(t, err)
	c, err := NewClient(address, token)
	require.NoError(t, err)
	_, err = c.Create(t.Context(), "k", Ticket{Subject: "a"})
	require.NoError(t, err)
	require.NoError(t, stop(context.Background()))
	_, err = c.Get(t.Context(), "T-1")
	require.ErrorIs(t, err, ErrUnavailable)
}

// catch returns what the default logger writes during the test.
func catch(t *testing.T) *bytes.Buffer {
	var logs bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&logs, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return &logs
}
