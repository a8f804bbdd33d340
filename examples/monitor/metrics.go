package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// metrics answers a scrape in Prometheus' text format. The format is a few lines
// of printing; its client library is thirty packages.
func (m *monitor) metrics(w http.ResponseWriter, _ *http.Request) {
	var out bytes.Buffer
	m.writeRooms(&out)
	m.writeRequests(&out)
	m.writeGauges(&out)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write(out.Bytes())
}

func (m *monitor) writeRooms(w io.Writer) {
	family(w, "chat_events_total", "counter", "What happened, by room and kind. People added and removed are counted one by one.")
	for _, r := range m.rooms.All() {
		sample := func(kind string, n int) {
			fmt.Fprintf(w, "chat_events_total%s %d\n", labels("room", r.Name, "kind", kind), n)
		}
		sample("message", r.Counts.Messages)
		sample("joined", r.Counts.Joined)
		sample("added", r.Counts.Added)
		sample("removed", r.Counts.Removed)
		sample("other", r.Counts.Other)
	}
}

func (m *monitor) writeRequests(w io.Writer) {
	family(w, "webhook_request_duration_seconds", "summary", "Requests by kind of event, state of the room and outcome.")
	for _, c := range m.requests.Counts() {
		l := labels("kind", string(c.Kind), "state", string(c.State), "outcome", string(c.Outcome))
		fmt.Fprintf(w, "webhook_request_duration_seconds_sum%s %g\n", l, time.Duration(c.Total).Seconds())
		fmt.Fprintf(w, "webhook_request_duration_seconds_count%s %d\n", l, c.Count)
	}
}

func (m *monitor) writeGauges(w io.Writer) {
	s := m.bot.Stats()
	for _, g := range []struct {
		name, help string
		value      int
	}{
		{"webhook_handlers_running", "Handlers that have not returned.", s.Running},
		{"webhook_handlers_overdue", "Of these, those that overran their budget.", s.Overdue},
		{"webhook_requests_waiting", "Requests that wait for their room's turn.", s.Waiting},
		{"webhook_rooms_busy", "Rooms with an event in work.", s.Rooms},
		{"webhook_answers_remembered", "Answers kept for redeliveries.", s.Remembered},
	} {
		family(w, g.name, "gauge", g.help)
		fmt.Fprintf(w, "%s %d\n", g.name, g.value)
	}
}

// family writes the two lines before the samples of a metric.
func family(w io.Writer, name, kind, help string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

var escapeLabel = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// labels returns names and values as {name="value",...}.
func labels(pairs ...string) string {
	list := make([]string, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, pairs[i]+`="`+escapeLabel.Replace(pairs[i+1])+`"`)
	}
	return "{" + strings.Join(list, ",") + "}"
}
