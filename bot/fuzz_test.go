package bot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

// FuzzServe posts anything with any headers and checks what must hold for every
// request: exactly one answer, always a valid envelope, no panic, the handler at
// most once and only for verified, well-formed, foreign events, and when the
// bot itself answers, nothing of the request in body or headers.
func FuzzServe(f *testing.F) {
	for _, name := range []string{"spec_message", "spec_join_room", "spec_add_members", "unknown_event", "line_text", "sender_null"} {
		f.Add("POST", "application/json", secret, testdata(f, name))
	}
	f.Add("GET", "text/plain", "", "")
	f.Add("POST", "application/json; charset=utf-8", secret, text("idle", "m1", "CANARY"))
	f.Add("POST", "application/json", secret, strings.Replace(text("size", "m1", "x"), `"ann"`, `"robot001"`, 1))
	f.Fuzz(func(t *testing.T, method, mediaType, presented, body string) {
		if method == "" || strings.ContainsAny(method, " \r\n\t\x00") {
			return // net/http lets no such request through
		}
		var calls atomic.Int64
		b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet(), Verify: bot.SecretHeader("X-Bot-Secret", secret)})
		b.Fallback(func(_ context.Context, e event.Event) (bot.Reply, error) {
			calls.Add(1)
			if e.From().ID == "robot001" {
				t.Error("the bot hears itself")
			}
			return bot.Say("ok").Go(idle), nil
		})
		r := httptest.NewRequest(http.MethodPost, "/webhook", strings.NewReader(body))
		r.Method = method
		r.Header["Content-Type"] = []string{mediaType}
		r.Header["X-Bot-Secret"] = []string{presented}
		w := &onceWriter{ResponseRecorder: httptest.NewRecorder()}
		b.ServeHTTP(w, r)

		require.EqualValues(t, 1, w.answers)
		requireEnvelope(t, w.Body.Bytes())
		require.LessOrEqual(t, calls.Load(), int64(1))
		if calls.Load() == 0 {
			require.Equal(t, noop, w.Body.String())
			return
		}
		require.Equal(t, secret, presented)
		require.Equal(t, "POST", method)
		_, err := event.Decode([]byte(body))
		require.NoError(t, err)
	})
}

// onceWriter counts answers.
type onceWriter struct {
	*httptest.ResponseRecorder
	answers int
}

func (w *onceWriter) WriteHeader(status int) {
	w.answers++
	w.ResponseRecorder.WriteHeader(status)
}
