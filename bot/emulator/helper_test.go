package emulator_test

import (
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/funtekco/webhookbot/bot/emulator/internal/orderbot"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// client is what the page is to the emulator.
type client struct {
	t   testing.TB
	url string
}

// open serves an emulator of the order bot, unless c names another, on loopback.
func open(t testing.TB, c emulator.Config) *client {
	t.Helper()
	if c.Handler == nil && c.Webhook == "" {
		c.Handler = orderbot.Bot()
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	e, err := emulator.New(c)
	require.NoError(t, err)
	s := httptest.NewServer(e)
	t.Cleanup(func() {
		s.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	return &client{t, s.URL}
}

// do makes a call and returns its status and body.
func (c *client) do(method, path, body string, header ...string) (int, string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, strings.NewReader(body))
	require.NoError(c.t, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(c.t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(c.t, err)
	return res.StatusCode, string(b)
}

// post makes a call that must succeed.
func (c *client) post(path, body string) string {
	c.t.Helper()
	status, got := c.do("POST", path, body)
	require.Equal(c.t, http.StatusOK, status, got)
	return got
}

func (c *client) get(path string) string {
	c.t.Helper()
	status, got := c.do("GET", path, "")
	require.Equal(c.t, http.StatusOK, status, got)
	return got
}

type note struct{ Code, Text, Grade string }

type turn struct {
	ID      int
	Title   string
	Fault   string
	Silent  bool
	Before  string
	After   string
	Status  int
	At      time.Time
	Verdict struct {
		Grade string
		Notes []note
	}
	Exchanges []struct {
		Request, Response, BotError, Error string
		Status                             int
		RequestSize                        int
		RequestHead, ResponseHead          []struct{ Name, Value string }
		Broken                             []note
	}
}

func decode[T any](t testing.TB, s string) T {
	t.Helper()
	var v T
	require.NoError(t, json.Unmarshal([]byte(s), &v, json.MatchCaseInsensitiveNames(true), jsontext.AllowDuplicateNames(true)))
	return v
}

// say lets somebody say a text in the room demo.
func (c *client) say(who, text string) turn {
	c.t.Helper()
	b, err := json.Marshal(map[string]any{"verb": "says", "who": who, "message": map[string]string{"messageType": "text", "message": text}})
	require.NoError(c.t, err)
	return decode[turn](c.t, c.post("/api/rooms/demo/acts", string(b)))
}

func (c *client) fault(name string) turn {
	c.t.Helper()
	return decode[turn](c.t, c.post("/api/rooms/demo/faults", `{"name":"`+name+`","who":"ann"}`))
}

func (t turn) codes() string {
	var codes []string
	for _, n := range t.Verdict.Notes {
		codes = append(codes, n.Code)
	}
	return strings.Join(codes, " ")
}

type lines struct {
	Before, More int
	Items        []struct {
		ID, Turn int
		Text     string
		Bot      bool
		Grade    string
		Findings []struct{ Code, Client, Path, Text string }
		Message  struct {
			ID          string `json:"_id"`
			MessageType string
			Message     string
			EditedAt    string
			Sender      struct{ ID, Nickname string }
		}
	}
}

func (c *client) lines(room string) lines {
	c.t.Helper()
	return decode[lines](c.t, c.get("/api/rooms/"+room+"/lines"))
}

type state struct {
	Position string
	Webhook  string
	Users    []struct{ ID, Nickname string }
	Rooms    []struct {
		ID, BotState string
		BotMode      bool
		Lines, Turns int
		CanUndo      bool
		Members      []struct{ ID, Nickname string }
	}
	Faults []struct{ Name, Title, About string }
}

func (c *client) state() state {
	c.t.Helper()
	return decode[state](c.t, c.get("/api/state"))
}

func itoa(n int) string { return strconv.Itoa(n) }

func quote(s string) string {
	b, _ := jsontext.AppendQuote(nil, s)
	return string(b)
}

func urlQuote(s string) string { return url.PathEscape(s) }

// updating reports that golden files are to be written; package bottest has the flag.
func updating() bool { return flag.Lookup("update").Value.String() == "true" }
