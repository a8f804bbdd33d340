package main

import (
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/funtekco/webhookbot/fsm/fsmtest"
	"github.com/stretchr/testify/require"
)

func TestBot(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		s := open(t, dsn)
		room := bottest.New(t, newBot(nil, s), bottest.OverHTTP()).Room("demo")
		ann, bob, doris := room.User("ann", ""), room.User("bob", ""), room.Robot("doris", "")
		ann.Joins().Silent()
		ann.Adds(bob, doris).Silent()
		bob.Says("hello").Silent()
		bob.Edits("hello, all").Silent()
		for range 20 {
			doris.Says("beep").Silent()
		}
		ann.Removes(bob).Silent()
		ann.Causes("ROOM_RENAMED", `{}`).Silent()
		ann.Says("/sync").Replies("Stored of this room: members 2, messages 22, of these edited 1, recalled 0.")
		require.Equal(t, []string{"ann=Ann", "-bob=Bob", "doris=Doris"}, members(t, s, "demo"))
	})
}

func TestGenerated(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		s := open(t, dsn)
		newBot := func() *bot.Bot { return newBot(nil, s) }
		bottest.Cells(t, newBot)
		bottest.Echo(t, newBot)
		bottest.Redelivered(t, newBot, bottest.Effects(func() (n int) {
			require.NoError(t, s.db.QueryRow("SELECT count(*) FROM messages").Scan(&n))
			return n
		}))
		fsmtest.RequireSound(t, newBot())
	})
}

// While the database is away nothing is taken for stored.
func TestDatabaseAway(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		before := slog.Default()
		slog.SetDefault(slog.New(slog.DiscardHandler))
		t.Cleanup(func() { slog.SetDefault(before) })
		s := open(t, dsn)
		b := newBot(nil, s)
		require.NoError(t, s.Close())
		for _, words := range []string{"hello", "/sync"} {
			r := httptest.NewRequest("POST", "/webhook", strings.NewReader(`{"roomID":"r","event":"MESSAGE","data":{"_id":"1","message":"`+words+`","sender":"ann"}}`))
			r.RemoteAddr = "127.0.0.1:40000"
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			b.ServeHTTP(w, r)
			require.Equal(t, 500, w.Code)
			require.Equal(t, "handler", w.Header().Get("X-Bot-Error"))
		}
	})
}

func TestReadme(t *testing.T) {
	readme.Curl(t, newBot(nil, open(t, filepath.Join(t.TempDir(), "sync.db"))))
}
