// Package orderbot is a bot written by hand, without the SDK, for the tests of
// the emulator: a coffee order, and whatever answer a test wants to see.
package orderbot

import (
	"io"
	"net/http"
	"strings"

	"github.com/funtekco/webhookbot/fsm"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Flow is the bot's machine.
var Flow = fsm.MustNew("idle",
	fsm.Transition{Name: "order", From: "idle", To: "size"},
	fsm.Transition{Name: "sized", From: "size", To: "confirm"},
	fsm.Transition{Name: "done", From: "confirm", To: "idle"},
	fsm.Transition{Name: "cancel", From: fsm.Any, To: "idle"},
)

// Secret, when it stands in the header X-Bot-Secret of the configuration, is
// demanded by [Locked].
const Secret = "a-very-secret-value-indeed"

type request struct {
	Event    string `json:"event"`
	BotState string `json:"botState"`
	Data     struct {
		Message string `json:"message"`
		Sender  struct {
			Nickname string `json:"nickname"`
			IsRobot  bool   `json:"isRobot"`
		} `json:"sender"`
	} `json:"data"`
}

// Bot answers "order", "small" or "large", "yes" and "/cancel". The text
// "answer {JSON}" makes it send that as its whole answer, "message {JSON}" as the
// message of one, "status 500" fail, and "panic" panic.
func Bot() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil {
			answer(w, http.StatusRequestEntityTooLarge, nothing)
			return
		}
		var in request
		if err := json.Unmarshal(body, &in, jsontext.AllowInvalidUTF8(true)); err != nil {
			w.Header().Set("X-Bot-Error", "syntax")
			answer(w, http.StatusBadRequest, nothing)
			return
		}
		serve(w, in)
	})
}

// Locked is Bot behind a secret.
func Locked() http.Handler {
	open := Bot()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Bot-Secret") != Secret {
			answer(w, http.StatusUnauthorized, nothing)
			return
		}
		open.ServeHTTP(w, r)
	})
}

const nothing = `{"toBotState":null,"data":null}`

func serve(w http.ResponseWriter, in request) {
	text := in.Data.Message
	verb, rest, _ := strings.Cut(text, " ")
	switch {
	case in.Event == "JOIN_ROOM":
		say(w, in.BotState, "Welcome, "+in.Data.Sender.Nickname)
	case in.Event != "MESSAGE" || in.Data.Sender.IsRobot:
		answer(w, http.StatusOK, nothing)
	case verb == "answer":
		answer(w, http.StatusOK, rest)
	case verb == "message":
		answer(w, http.StatusOK, `{"senderID":"barista","toBotState":null,"data":`+rest+`}`)
	case verb == "status":
		answer(w, http.StatusInternalServerError, nothing)
	case verb == "panic":
		panic("as the test wished")
	default:
		order(w, in.BotState, text)
	}
}

// sizes is a question with buttons.
const sizes = `{"senderID":"barista","toBotState":"size","data":{"messageType":"template","message":"Small or large?",` +
	`"template":{"type":"buttons","text":"Small or large?","actions":[{"type":"message","label":"Small","text":"small"},` +
	`{"type":"message","label":"Large","text":"large"}]}}}`

// sure is a question with quick replies.
func sure(size string) string {
	text, _ := json.Marshal("One " + size + " coffee, yes?")
	return `{"senderID":"barista","toBotState":"confirm","data":{"messageType":"template","message":` + string(text) +
		`,"template":{"type":"buttons","text":` + string(text) + `,"actions":[],"quickReply":{"items":[` +
		`{"action":{"type":"message","label":"Yes","text":"yes"}},{"action":{"type":"message","label":"No","text":"/cancel"}}]}}}}`
}

func order(w http.ResponseWriter, state, text string) {
	switch {
	case text == "/cancel":
		say(w, "idle", "Never mind then")
	case text == "order":
		answer(w, http.StatusOK, sizes)
	case state == "size" && (text == "small" || text == "large"):
		answer(w, http.StatusOK, sure(text))
	case state == "confirm" && text == "yes":
		say(w, "idle", "Coming up!")
	default:
		say(w, state, "You said: "+text)
	}
}

func say(w http.ResponseWriter, state, text string) {
	b, err := json.Marshal(map[string]any{
		"senderID":   "barista",
		"toBotState": state,
		"data":       map[string]string{"messageType": "text", "message": text},
	}, jsontext.AllowInvalidUTF8(true))
	if err != nil {
		panic(err) // strings always encode
	}
	answer(w, http.StatusOK, string(b))
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	io.WriteString(w, body)
}
