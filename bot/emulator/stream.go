package emulator

import (
	"fmt"
	"net/http"
	"time"
)

// heartbeat keeps proxies from closing a quiet stream.
const heartbeat = 15 * time.Second

// stream sends changes as server-sent events for as long as the page listens. The
// browser repeats the last ID it saw when it connects again, and misses nothing.
func (e *Emulator) stream(w http.ResponseWriter, r *http.Request) {
	position := r.Header.Get("Last-Event-ID")
	if position == "" {
		position = r.URL.Query().Get("after")
	}
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprint(w, "retry: 1000\n\n")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		changes, next, more, ok := e.hub.after(position)
		if !ok {
			changes = [][]byte{[]byte(`{"type":"reload"}`)}
		}
		position = next
		for i, c := range changes {
			if i == len(changes)-1 {
				fmt.Fprintf(w, "id: %s\n", position)
			}
			fmt.Fprintf(w, "data: %s\n\n", c)
		}
		if out.Flush() != nil {
			return
		}
		select {
		case <-more:
		case <-beat.C:
			fmt.Fprint(w, ": still here\n\n")
		case <-r.Context().Done():
			return
		}
	}
}
