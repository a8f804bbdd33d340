package emulator

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxCall is how long the body of a call may be. Only a transcript is ever long.
const maxCall = 8 << 20

// lax passes what bots and clients really send: half an emoji, a name twice. It is
// for showing, not for judging.
var lax = json.JoinOptions(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))

// routes is every address of the emulator.
func (e *Emulator) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /", page())
	mux.HandleFunc("GET /api/state", e.getState)
	mux.HandleFunc("GET /api/stream", e.stream)
	mux.HandleFunc("GET /api/rooms/{room}/lines", e.getLines)
	mux.HandleFunc("GET /api/rooms/{room}/turns", e.getTurns)
	mux.HandleFunc("GET /api/rooms/{room}/turns/{turn}", e.getTurn)
	mux.HandleFunc("GET /api/rooms/{room}/transcript", e.getTranscript)
	mux.HandleFunc("GET /files/emulator/{id}", e.files.serve)
	mux.HandleFunc("PUT /api/files/{name}", e.putFile)

	mux.HandleFunc("POST /api/users", call(func(_ *http.Request, u event.User) (any, error) {
		return nil, e.addUser(u)
	}))
	mux.HandleFunc("POST /api/rooms", call(func(_ *http.Request, in roomCall) (any, error) {
		r, err := e.addRoom(in.ID, in.State)
		return idOf(r), err
	}))
	mux.HandleFunc("DELETE /api/rooms/{room}", call(func(r *http.Request, _ struct{}) (any, error) {
		return nil, e.deleteRoom(r.PathValue("room"))
	}))
	mux.HandleFunc("PUT /api/rooms/{room}/mode", call(func(r *http.Request, in modeCall) (any, error) {
		return nil, e.setBotMode(r.PathValue("room"), in.BotMode)
	}))
	mux.HandleFunc("POST /api/rooms/{room}/acts", call(func(r *http.Request, in actCall) (any, error) {
		act, err := in.act()
		if err != nil {
			return nil, err
		}
		return e.do(context.WithoutCancel(r.Context()), r.PathValue("room"), act)
	}))
	mux.HandleFunc("POST /api/rooms/{room}/faults", call(func(r *http.Request, in faultCall) (any, error) {
		return e.tryFault(context.WithoutCancel(r.Context()), r.PathValue("room"), in.Name, in.Who)
	}))
	mux.HandleFunc("POST /api/rooms/{room}/raw", call(func(r *http.Request, in rawCall) (any, error) {
		return e.sendRaw(context.WithoutCancel(r.Context()), r.PathValue("room"), in.Body)
	}))
	mux.HandleFunc("POST /api/rooms/{room}/rewind", call(func(r *http.Request, in turnCall) (any, error) {
		return nil, e.rewind(r.PathValue("room"), in.Turn)
	}))
	mux.HandleFunc("POST /api/rooms/{room}/undo", call(func(r *http.Request, _ struct{}) (any, error) {
		return nil, e.undoRewind(r.PathValue("room"))
	}))
	mux.HandleFunc("POST /api/rooms/{room}/fork", call(func(r *http.Request, in turnCall) (any, error) {
		f, err := e.fork(r.PathValue("room"), in.Turn, in.ID)
		return idOf(f), err
	}))
	mux.HandleFunc("POST /api/transcripts", call(func(r *http.Request, in transcriptCall) (any, error) {
		return e.play(context.WithoutCancel(r.Context()), in.Text)
	}))
	return e.guard(mux)
}

// ServeHTTP serves the page and its API. It refuses what does not come from this
// machine or from the page itself, as [Config.Hosts] tells.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) { e.handler.ServeHTTP(w, r) }

// What the calls take.
type (
	roomCall struct {
		ID    string `json:"id"`
		State string `json:"state"`
	}
	modeCall struct {
		BotMode bool `json:"botMode"`
	}
	turnCall struct {
		Turn int    `json:"turn"`
		ID   string `json:"id"` // of the new room
	}
	faultCall struct {
		Name string `json:"name"`
		Who  string `json:"who"`
	}
	rawCall struct {
		Body string `json:"body"`
	}
	transcriptCall struct {
		Text string `json:"text"`
	}
)

// actCall is an act as the page sends it.
type actCall struct {
	Verb    talk.Verb      `json:"verb"`
	Who     string         `json:"who"`
	Whom    []string       `json:"whom"`
	Message jsontext.Value `json:"message"`
	Kind    event.Kind     `json:"kind"`
	Data    jsontext.Value `json:"data"`
	State   string         `json:"state"`
	Quirks  []string       `json:"quirks"`
}

func (in actCall) act() (talk.Turn, error) {
	t := talk.Turn{Who: in.Who, Verb: in.Verb, Whom: in.Whom, Kind: in.Kind, Data: in.Data, To: in.State}
	switch in.Verb {
	case talk.Says, talk.Edits:
		if in.Message.Kind() != '{' {
			return t, errors.New("a message is a JSON object")
		}
		t.Say = talk.MessageValue(in.Message)
	case talk.Adds, talk.Removes:
		if len(in.Whom) == 0 {
			return t, errors.New("nobody was chosen")
		}
	}
	for _, q := range in.Quirks {
		if _, ok := chat.QuirkByName(q); !ok {
			return t, errors.New("there is no such quirk")
		}
	}
	if len(in.Quirks) > 0 && in.Verb != talk.At {
		t.With = &talk.With{Quirks: in.Quirks}
	}
	return t, nil
}

func idOf(r *room) any {
	if r == nil {
		return nil
	}
	return map[string]string{"id": r.id}
}

// call decodes a JSON body for do and encodes what it returns.
func call[In any](do func(*http.Request, In) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || media != "application/json" {
			fail(w, http.StatusUnsupportedMediaType, "the body must be application/json")
			return
		}
		var in In
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCall))
		if err == nil {
			err = json.Unmarshal(body, &in, lax)
		}
		if err != nil {
			fail(w, http.StatusBadRequest, "the body is not the JSON that this call takes")
			return
		}
		out, err := do(r, in)
		if err != nil {
			fail(w, statusOf(err), err.Error())
			return
		}
		reply(w, out)
	}
}

func statusOf(err error) int {
	switch {
	case errors.Is(err, errNoRoom), errors.Is(err, errNoTurn), errors.Is(err, errNoFault):
		return http.StatusNotFound
	case errors.Is(err, errRoomTaken):
		return http.StatusConflict
	case errors.Is(err, errTooMuch):
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusUnprocessableEntity
}

func reply(w http.ResponseWriter, v any) {
	b, err := json.Marshal(v, lax)
	if err != nil {
		fail(w, http.StatusInternalServerError, "the answer cannot be encoded")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(b)
}

func fail(w http.ResponseWriter, status int, text string) {
	b, _ := json.Marshal(map[string]string{"error": text}, lax)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(b)
}

func (e *Emulator) putFile(w http.ResponseWriter, r *http.Request) {
	s, err := e.files.put(r.PathValue("name"), http.MaxBytesReader(w, r.Body, maxFile+1))
	if tooLong := new(http.MaxBytesError); errors.As(err, &tooLong) {
		err = errTooMuch
	}
	if err != nil {
		fail(w, statusOf(err), err.Error())
		return
	}
	reply(w, s)
}

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
