package emulator

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/funtekco/webhookbot/bot/internal/chat"
)

// getState is all that is not about one room, and where the stream goes on.
func (e *Emulator) getState(w http.ResponseWriter, _ *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	reply(w, map[string]any{
		"position": e.hub.position(),
		"webhook":  e.hook.name(),
		"users":    e.users,
		"rooms":    e.summaries(),
		"machine":  e.machine,
		"faults":   faults,
		"quirks":   quirkList(),
	})
}

func quirkList() []map[string]string {
	var all []map[string]string
	for _, q := range chat.Quirks() {
		all = append(all, map[string]string{"name": q.Name, "about": q.About})
	}
	return all
}

func (e *Emulator) getLines(w http.ResponseWriter, r *http.Request) {
	e.withRoom(w, r, func(room *room) any {
		return part(room.lines, r.URL.Query(), func(l *line) int { return l.ID }, func(l *line) *line { return l })
	})
}

func (e *Emulator) getTurns(w http.ResponseWriter, r *http.Request) {
	e.withRoom(w, r, func(room *room) any {
		return part(room.turns, r.URL.Query(), func(t *turn) int { return t.ID }, (*turn).brief)
	})
}

func (e *Emulator) getTurn(w http.ResponseWriter, r *http.Request) {
	e.withRoom(w, r, func(room *room) any {
		id, _ := strconv.Atoi(r.PathValue("turn"))
		t, err := room.turn(id)
		if err != nil {
			return nil
		}
		return t
	})
}

func (e *Emulator) withRoom(w http.ResponseWriter, r *http.Request, f func(*room) any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	room, err := e.room(r.PathValue("room"))
	if err != nil {
		fail(w, http.StatusNotFound, err.Error())
		return
	}
	if v := f(room); v != nil {
		reply(w, v)
		return
	}
	fail(w, http.StatusNotFound, errNoTurn.Error())
}

// part returns at most "limit" of all: the last that have an ID below "before",
// or the first that have one above "after". Its "before" counts what was left out
// ahead of them, "more" what comes behind.
func part[T any](all []T, q url.Values, id func(T) int, show func(T) T) any {
	end := len(all)
	if before, err := strconv.Atoi(q.Get("before")); err == nil {
		end, _ = slices.BinarySearchFunc(all, before, func(v T, n int) int { return id(v) - n })
	}
	limit, err := strconv.Atoi(q.Get("limit"))
	if err != nil || limit < 1 || limit > 1000 {
		limit = 100
	}
	begin := max(0, end-limit)
	if after, err := strconv.Atoi(q.Get("after")); err == nil {
		begin, _ = slices.BinarySearchFunc(all, after+1, func(v T, n int) int { return id(v) - n })
		end = min(end, begin+limit)
	}
	items := make([]T, 0, end-begin)
	for _, v := range all[begin:end] {
		items = append(items, show(v))
	}
	return map[string]any{"items": items, "before": begin, "more": len(all) - end}
}
