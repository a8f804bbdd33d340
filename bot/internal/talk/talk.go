package talk

import (
	"unicode"
	"unicode/utf8"

	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
)

// File is one file of conversations.
type File struct {
	Path  string
	Talks []*Talk
	Tail  []string // comments and blank lines at the end
}

// Line is where something stands, and the comments and blank lines above it.
type Line struct {
	No   int
	Lead []string
}

// Talk is one conversation.
type Talk struct {
	Line
	Room  string
	State string // the room's state before the first turn; empty means never set
	Cast  []Person
	Turns []*Turn

	implied bool // there is no room line
}

// Person is somebody the talk introduces.
type Person struct {
	Line
	User event.User
}

// Verb is what somebody does.
type Verb string

// The verbs of the grammar.
const (
	Says    Verb = "says"
	Edits   Verb = "edits"
	Joins   Verb = "joins"
	Leaves  Verb = "leaves"
	Adds    Verb = "adds"
	Removes Verb = "removes"
	Sends   Verb = "event" // any event
	At      Verb = "at"    // the room is put into a state; no request
)

// Turn is one act and what the bot must do about it.
type Turn struct {
	Line
	Who  string // empty for At and for an event that nobody caused
	Verb Verb
	Whom []string       // of Adds and Removes
	Say  Value          // of Says and Edits
	Kind event.Kind     // of Sends
	Data jsontext.Value // of Sends, nil for none
	To   string         // of At

	With  *With
	Reply *Reply // nil expects silence
	Goes  *Goes  // nil expects the state to stay
}

// With names the quirks of a turn's request.
type With struct {
	Line
	Quirks []string
}

// Reply is an answer that is expected.
type Reply struct {
	Line
	Sender string // empty for the usual speaker
	Value  Value
}

// Goes is a state that is expected.
type Goes struct {
	Line
	State string
}

// User returns the person with an ID, made up when nobody introduced it: the
// nickname is the ID with a capital.
func (t *Talk) User(id string) event.User {
	for _, p := range t.Cast {
		if p.User.ID == id {
			return p.User
		}
	}
	return event.User{ID: id, Nickname: capital(id)}
}

func capital(id string) string {
	r, n := utf8.DecodeRuneInString(id)
	if n == 0 || r == utf8.RuneError {
		return id
	}
	return string(unicode.ToUpper(r)) + id[n:]
}
