package bottest

import (
	"regexp"

	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/go-json-experiment/json/jsontext"
)

// Turn is what the bot did in answer to one request. Its methods compare that
// with what the test expects, end the test when it differs, and return the turn.
// A reply that no method expects fails the test at the next turn, or at its end.
type Turn struct {
	room     *Room
	x        *exchange
	at       string // file:line of the request
	asserted bool   // something was said about the reply
}

// Replies expects a text message with exactly this text.
func (t *Turn) Replies(text string) *Turn {
	t.room.t.Helper()
	return t.replies(talk.TextValue(text))
}

// RepliesLike expects a message of any type whose text matches the regular
// expression somewhere.
func (t *Turn) RepliesLike(expr string) *Turn {
	t.room.t.Helper()
	re, err := regexp.Compile(expr)
	if err != nil {
		t.room.t.Fatalf("bottest: RepliesLike: %v", err)
	}
	return t.replies(talk.PatternValue(re))
}

// RepliesWith expects a message written as in a transcript: "[sticker
// FunFunFamily-1]", the type alone in brackets for any message of it, or a JSON
// object that names the fields that matter.
func (t *Turn) RepliesWith(value string) *Turn {
	t.room.t.Helper()
	v, err := talk.ParseExpected(value)
	if err != nil {
		t.room.t.Fatalf("bottest: RepliesWith: %v", err)
	}
	return t.replies(v)
}

func (t *Turn) replies(want talk.Value) *Turn {
	t.room.t.Helper()
	t.asserted = true
	coverage.assertReply(t.room.session, t.x)
	if t.x.observed.Message == nil {
		t.failWant("the bot is silent", want)
	} else if wrong := want.Match(t.x.observed.Message); wrong != "" {
		t.failWant(wrong, want)
	}
	return t
}

// Silent expects no message.
func (t *Turn) Silent() *Turn {
	t.room.t.Helper()
	t.asserted = true
	coverage.assertReply(t.room.session, t.x)
	if t.x.observed.Message != nil {
		t.fail("the bot answers, silence was expected")
	}
	return t
}

// As expects the reply to be spoken by a client ID. Use it where a bot has
// several identities.
func (t *Turn) As(senderID string) *Turn {
	t.room.t.Helper()
	if t.x.observed.Sender != senderID {
		t.fail("another sender speaks", "expected  "+senderID, "got       "+t.x.observed.Sender)
	}
	return t
}

// State expects the room to be in a state after the turn, whether it moved there
// or was there before.
func (t *Turn) State(want fsm.State) *Turn {
	t.room.t.Helper()
	coverage.assertState(t.room.session, t.x)
	if t.x.observed.After != string(want) {
		t.fail("the room is in another state", "expected  "+show(string(want)), "got       "+show(t.x.observed.After))
	}
	return t
}

// Stays expects the room to keep its state.
func (t *Turn) Stays() *Turn {
	t.room.t.Helper()
	coverage.assertState(t.room.session, t.x)
	if t.x.observed.After != t.x.observed.Before {
		t.fail("the room moves", "expected  "+show(t.x.observed.Before), "got       "+show(t.x.observed.After))
	}
	return t
}

// Message returns the JSON of the reply, nil for none, for assertions of one's
// own. The reply counts as expected then.
func (t *Turn) Message() jsontext.Value {
	t.asserted = true
	return t.x.observed.Message
}

// Response returns the body of the bot's answer as it came.
func (t *Turn) Response() []byte { return t.x.response.Body }
