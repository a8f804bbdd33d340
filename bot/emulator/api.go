package emulator

import (
	"context"
	"errors"
	"net/http"

	"github.com/funtekco/webhookbot/event"
)

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

func idOf(r *room) any {
	if r == nil {
		return nil
	}
	return map[string]string{"id": r.id}
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
