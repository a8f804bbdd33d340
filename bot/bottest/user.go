package bottest

import (
	"slices"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
)

// User is a person, or another robot, in a room. Each of its verbs sends one
// request at once and returns the bot's turn, on which the test says what it
// expects.
type User struct {
	room *Room
	user event.User
	with *talk.With
}

// Says sends a text message.
func (u *User) Says(text string) *Turn {
	u.room.t.Helper()
	return u.act(&talk.Turn{Verb: talk.Says, Say: talk.TextValue(text)})
}

// Sends sends any message, written as in a transcript: "[sticker
// FunFunFamily-1]", "[image https://example.com/cat.png 640x480]", or its fields
// as a JSON object.
func (u *User) Sends(value string) *Turn {
	u.room.t.Helper()
	v, err := talk.ParseValue(value)
	if err != nil {
		u.room.t.Fatalf("bottest: Sends: %v", err)
	}
	return u.act(&talk.Turn{Verb: talk.Says, Say: v})
}

// Edits changes the user's last message into a text. The bot gets it as a
// MESSAGE with the same ID.
func (u *User) Edits(text string) *Turn {
	u.room.t.Helper()
	return u.act(&talk.Turn{Verb: talk.Edits, Say: talk.TextValue(text)})
}

// Taps presses a button or a quick reply of the bot's last message: it sends the
// text of the action with that label, as clients do. Actions of other types than
// "message" and "text" cannot be tapped, because the web client ignores them.
func (u *User) Taps(label string) *Turn {
	u.room.t.Helper()
	x := u.room.lastReply()
	if x == nil {
		u.room.t.Fatalf("bottest: Taps: the bot has not said anything")
	}
	text, labels := findAction(x, label)
	if text == "" {
		u.room.t.Fatalf("bottest: Taps: the bot's last message has no button %q; it has %q", label, labels)
	}
	return u.Says(text)
}

// Joins brings the user into the room: JOIN_ROOM.
func (u *User) Joins() *Turn {
	u.room.t.Helper()
	return u.act(&talk.Turn{Verb: talk.Joins})
}

// Leaves takes the user out of the room: DELETE_MEMBERS with the user as both
// the one who removes and the one who is removed.
func (u *User) Leaves() *Turn {
	u.room.t.Helper()
	return u.act(&talk.Turn{Verb: talk.Leaves})
}

// Adds brings others into the room: ADD_MEMBERS.
func (u *User) Adds(others ...*User) *Turn {
	u.room.t.Helper()
	return u.act(&talk.Turn{Verb: talk.Adds, Whom: ids(others)})
}

// Removes takes others out of the room: DELETE_MEMBERS.
func (u *User) Removes(others ...*User) *Turn {
	u.room.t.Helper()
	return u.act(&talk.Turn{Verb: talk.Removes, Whom: ids(others)})
}

// Causes sends an event of any kind, known or not, with any JSON as its data;
// empty data leaves the field out.
func (u *User) Causes(kind event.Kind, data string) *Turn {
	u.room.t.Helper()
	if v := jsontext.Value(data); data != "" && !v.IsValid(jsontext.AllowInvalidUTF8(true)) {
		u.room.t.Fatalf("bottest: Causes: the data is not JSON")
	}
	return u.act(&talk.Turn{Verb: talk.Sends, Kind: kind, Data: jsontext.Value(data)})
}

// With returns the user as one whose requests are bent in the ways that the
// names of quirks say, such as "bare" or "null-sender". See the list in the
// package documentation.
func (u *User) With(quirks ...string) *User {
	u.room.t.Helper()
	for _, q := range quirks {
		if _, ok := chat.QuirkByName(q); !ok {
			u.room.t.Fatalf("bottest: With: no quirk is called %q", q)
		}
	}
	bent := *u
	bent.with = &talk.With{Quirks: slices.Clone(quirks)}
	return &bent
}

func (u *User) act(turn *talk.Turn) *Turn {
	u.room.t.Helper()
	turn.Who, turn.With = u.user.ID, u.with
	return u.room.act(turn)
}

func ids(users []*User) []string {
	var out []string
	for _, u := range users {
		out = append(out, u.user.ID)
	}
	return out
}
