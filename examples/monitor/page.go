package main

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/go-json-experiment/json"
)

//go:embed page
var files embed.FS

// page serves the files of the page. They load nothing from elsewhere, and the
// browser is told not to let them.
func page() http.Handler {
	dir, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	server := http.FileServerFS(dir)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "+
			"base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		server.ServeHTTP(w, r)
	})
}

// picture is what the page shows at one moment.
type picture struct {
	Now      time.Time   `json:"now"`
	Rooms    []Room      `json:"rooms"`
	Requests []bot.Count `json:"requests"`
	Stats    bot.Stats   `json:"stats"`
}

// maxWatchers is how many pages may be open; each costs a connection.
const maxWatchers = 32

// live sends the picture every second, as server-sent events, until the watcher
// goes or the program ends.
func (m *monitor) live(w http.ResponseWriter, r *http.Request) {
	if m.watchers.Add(1) > maxWatchers {
		m.watchers.Add(-1)
		http.Error(w, "too many watchers", http.StatusServiceUnavailable)
		return
	}
	defer m.watchers.Add(-1)
	// The server waits for its requests at the end, and this one has none.
	ctx, stop := signal.NotifyContext(r.Context(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	c := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		_ = c.SetWriteDeadline(time.Now().Add(10 * time.Second))
		if err := m.send(w, c); err != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (m *monitor) send(w http.ResponseWriter, c *http.ResponseController) error {
	data, err := json.Marshal(picture{time.Now().UTC(), m.rooms.All(), m.requests.Counts(), m.bot.Stats()})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
		return err
	}
	return c.Flush()
}
