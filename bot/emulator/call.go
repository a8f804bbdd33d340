package emulator

import (
	"errors"
	"io"
	"mime"
	"net/http"

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
