package bot_test

import (
	"bytes"
	"context"
	jsonv1 "encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

// sink is a response writer that keeps nothing, so that the figures are the
// handler's.
type sink struct {
	header http.Header
	status int
	n      int
}

func (s *sink) Header() http.Header    { return s.header }
func (s *sink) WriteHeader(status int) { s.status = status }

// SetReadDeadline is there because a real connection has it.
func (s *sink) SetReadDeadline(time.Time) error { return nil }

func (s *sink) Write(p []byte) (int, error) { s.n += len(p); return len(p), nil }

// replay posts the same body again and again, each time as a message of its own
// as far as the handler can tell: the last digits of its ID change in place.
type replay struct {
	body   []byte
	ids    [][]byte
	n      uint64
	reader bytes.Reader
	req    *http.Request
	w      *sink
}

func newReplay(tb testing.TB) *replay {
	body, err := os.ReadFile("../testdata/events/spec_message.json")
	require.NoError(tb, err)
	r := &replay{body: body, w: &sink{header: http.Header{}}}
	for rest := body; ; {
		i := bytes.Index(rest, []byte("5c1ddf2d1536bbb6c49f7cfe"))
		if i < 0 {
			break
		}
		r.ids = append(r.ids, rest[i+8:i+24])
		rest = rest[i+24:]
	}
	require.Len(tb, r.ids, 2)
	r.req, err = http.NewRequest(http.MethodPost, "/webhook", nil)
	require.NoError(tb, err)
	r.req.Header.Set("Content-Type", "application/json")
	r.req.RemoteAddr = "127.0.0.1:1234"
	r.req.ContentLength = int64(len(body))
	return r
}

func (r *replay) post(h http.Handler) {
	r.n++
	const hexDigits = "0123456789abcdef"
	for _, id := range r.ids {
		for i, n := len(id)-1, r.n; i >= 0; i, n = i-1, n>>4 {
			id[i] = hexDigits[n&15]
		}
	}
	r.reader.Reset(r.body)
	r.req.Body = io.NopCloser(&r.reader)
	clear(r.w.header)
	h.ServeHTTP(r.w, r.req)
}

func run(b *testing.B, h http.Handler) {
	b.Helper()
	b.ReportAllocs()
	r := newReplay(b)
	for b.Loop() {
		r.post(h)
	}
	if r.w.status > http.StatusOK || r.w.n == 0 {
		b.Fatalf("status %d after %d bytes", r.w.status, r.w.n)
	}
}

func echoBot(cfg bot.Config) *bot.Bot {
	cfg.SenderID = "robot001"
	cfg.Logger = slog.New(slog.DiscardHandler)
	b := bot.MustNew(cfg)
	b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) { return bot.Say(m.Text()), nil })
	return b
}

// The four yardsticks and the bot with all its defaults, on the spec's MESSAGE.
func BenchmarkServe(b *testing.B) {
	b.Run("static", func(b *testing.B) { run(b, http.HandlerFunc(static)) })
	b.Run("handwritten-v1", func(b *testing.B) { run(b, http.HandlerFunc(handwrittenV1)) })
	b.Run("handwritten-v2", func(b *testing.B) { run(b, http.HandlerFunc(handwrittenV2)) })
	b.Run("bot", func(b *testing.B) { run(b, echoBot(bot.Config{})) })
}

// What each protection costs: the whole path, then without one of them.
func BenchmarkProtection(b *testing.B) {
	secret := "0123456789abcdef-canary"
	for name, cfg := range map[string]bot.Config{
		"all":                {},
		"without-duplicates": {Limits: bot.Limits{Remember: -1}},
		"without-turns":      {Limits: bot.Limits{MaxWaiting: -1}},
		"without-budget":     {Limits: bot.Limits{Budget: -1}},
		"without-breaker":    {Limits: bot.Limits{RobotTurns: -1}},
		"without-verify":     {Verify: bot.InsecureNoVerify},
		"without-read-limit": {Limits: bot.Limits{ReadTimeout: -1}},
		"with-secret":        {Verify: bot.SecretHeader("X-Bot-Secret", secret)},
		"bare":               {Verify: bot.InsecureNoVerify, Limits: bot.Limits{Remember: -1, MaxWaiting: -1, Budget: -1, RobotTurns: -1, ReadTimeout: -1}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			h, r := echoBot(cfg), newReplay(b)
			r.req.Header.Set("X-Bot-Secret", secret)
			for b.Loop() {
				r.post(h)
			}
			if r.w.status != http.StatusOK {
				b.Fatal(r.w.status)
			}
		})
	}
}

// Serving must not slow down as the dialogue grows.
func BenchmarkStates(b *testing.B) {
	for _, n := range []int{4, 30, 300, 3000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			decls := make([]fsm.Decl, n)
			for i := range n {
				decls[i] = fsm.Transition{Name: fmt.Sprint("next", i), From: name(i), To: name((i + 1) % n)}
			}
			h := bot.MustNew(bot.Config{SenderID: "robot001", Machine: fsm.MustNew(name(0), decls...), Logger: slog.New(slog.DiscardHandler)})
			for i := range n {
				h.State(name(i)).OnText("Bonjour 2", func(context.Context, *event.Message) (bot.Reply, error) {
					return bot.Say("Bonsoir").Go(name((i + 1) % n)), nil
				})
			}
			run(b, h)
		})
	}
}

func name(i int) fsm.State { return fsm.State(fmt.Sprint("state", i)) }

// BenchmarkParallel serves many rooms from every core.
func BenchmarkParallel(b *testing.B) {
	h := echoBot(bot.Config{})
	b.ReportAllocs()
	var rooms atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		r := newReplay(b)
		room := fmt.Sprintf("room-%04d", rooms.Add(1)) // as long as the one it replaces
		copy(r.body, bytes.ReplaceAll(r.body, []byte("demo-room"), []byte(room)))
		for pb.Next() {
			r.post(h)
		}
	})
}

var staticAnswer = []byte(`{"toBotState":null,"data":null}`)

func static(w http.ResponseWriter, r *http.Request) {
	if _, err := io.ReadAll(r.Body); err != nil {
		return
	}
	w.Header()["Content-Type"] = []string{"application/json"}
	_, _ = w.Write(staticAnswer)
}

type handPayload struct {
	AppID    string `json:"appID"`
	ClientID string `json:"clientID"`
	RoomID   string `json:"roomID"`
	Event    string `json:"event"`
	BotState string `json:"botState"`
	Data     struct {
		ID      string `json:"_id"`
		Message string `json:"message"`
		Room    string `json:"room"`
		Sender  struct {
			ID              string `json:"_id"`
			Nickname        string `json:"nickname"`
			IsRobot         bool   `json:"isRobot"`
			AvatarURL       string `json:"avatarUrl"`
			Description     string `json:"description"`
			LastLoginTime   string `json:"lastLoginTime"`
			LastLoginTimeMS int64  `json:"lastLoginTimeMS"`
		} `json:"sender"`
		MessageType   string `json:"messageType"`
		AppID         string `json:"appID"`
		MessageTime   string `json:"messageTime"`
		MessageTimeMS int64  `json:"messageTimeMS"`
	} `json:"data"`
}

type handAnswer struct {
	SenderID   string  `json:"senderID"`
	ToBotState *string `json:"toBotState"`
	Data       struct {
		Message     string `json:"message"`
		MessageType string `json:"messageType"`
	} `json:"data"`
}

func (p *handPayload) answer() (a handAnswer) {
	a.SenderID = "robot001"
	a.Data.Message, a.Data.MessageType = p.Data.Message, "text"
	return a
}

// handwrittenV2 is what one would write without the SDK on the fast decoder,
// with no check at all.
func handwrittenV2(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var p handPayload
	if err := json.Unmarshal(body, &p); err != nil {
		return
	}
	out, err := json.Marshal(p.answer())
	if err != nil {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(out)
}

// handwrittenV1 is the same on encoding/json.
func handwrittenV1(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var p handPayload
	if err := jsonv1.Unmarshal(body, &p); err != nil {
		return
	}
	out, err := jsonv1.Marshal(p.answer())
	if err != nil {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(out)
}
