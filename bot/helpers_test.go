package bot_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

const (
	secret = "correct horse battery staple"
	noop   = `{"toBotState":null,"data":null}`
)

// quiet is a logger that writes nothing.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func testdata(tb testing.TB, name string) string {
	body, err := os.ReadFile("../testdata/events/" + name + ".json")
	require.NoError(tb, err)
	return string(body)
}

// text is the body of a MESSAGE of ann in room r.
func text(state, id, words string) string {
	return `{"roomID":"r","event":"MESSAGE","botState":"` + state + `","data":{"_id":"` + id +
		`","messageType":"text","message":"` + words + `","sender":{"_id":"ann"}}}`
}

// request is a loopback POST of body.
func request(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/webhook", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.RemoteAddr = "127.0.0.1:40000"
	return r
}

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func post(h http.Handler, body string) *httptest.ResponseRecorder { return serve(h, request(body)) }

// requireEnvelope fails unless body is one JSON object with the three keys of
// an answer and no others.
func requireEnvelope(tb testing.TB, body []byte) {
	var a struct {
		SenderID   *string `json:"senderID"`
		ToBotState *string `json:"toBotState"`
		Data       *struct {
			Type string `json:"messageType"`
			Text string `json:"message"`
		} `json:"data"`
	}
	var keys map[string]any
	require.NoError(tb, json.Unmarshal(body, &keys), "%s", body)
	for k := range keys {
		require.Contains(tb, []string{"senderID", "toBotState", "data"}, k)
	}
	require.NoError(tb, json.Unmarshal(body, &a), "%s", body)
	require.Contains(tb, keys, "toBotState")
	require.Contains(tb, keys, "data")
	if a.Data != nil {
		require.NotNil(tb, a.SenderID)
		require.NotEmpty(tb, a.Data.Type)
	}
}

// counting is a bot that answers every event with "ok" and counts.
func counting(tb testing.TB, cfg bot.Config) (*bot.Bot, *atomic.Int64) {
	var calls atomic.Int64
	if cfg.SenderID == "" {
		cfg.SenderID = "robot001"
	}
	if cfg.Logger == nil {
		cfg.Logger = quiet()
	}
	b, err := bot.New(cfg)
	require.NoError(tb, err)
	b.Fallback(func(context.Context, event.Event) (bot.Reply, error) {
		calls.Add(1)
		return bot.Say("ok"), nil
	})
	return b, &calls
}

// countingBody counts the bytes read from a request's body.
type countingBody struct {
	io.Reader
	n int64
}

func (c *countingBody) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}
func (c *countingBody) Close() error { return nil }

// zeros is an endless body.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// swapping is a verifier whose secrets change while it is used.
type swapping struct{ v atomic.Pointer[bot.Secrets] }

func (s *swapping) set(v *bot.Secrets) { s.v.Store(v) }

func (s *swapping) Verify(r *http.Request) (int, error) { return s.v.Load().Verify(r) }
