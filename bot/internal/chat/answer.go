package chat

import (
	"bytes"
	"fmt"
	"mime"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
)

// MaxAnswer is how many bytes an answer may have. The vendor names no limit;
// this one is far above what a message needs.
const MaxAnswer = 64 << 10

// Response is what came back over HTTP.
type Response struct {
	Status      int
	ContentType string
	Body        []byte
}

// Answer is a response as the server understands it.
type Answer struct {
	// SenderID is who speaks, empty for nobody.
	SenderID string
	// ToBotState is nil when it was null or absent: the room keeps its state.
	// Empty resets the room.
	ToBotState *string
	// Data is the message, nil for none.
	Data jsontext.Value
}

// Violation is one rule of the protocol that a response breaks.
type Violation struct {
	// Code is a fixed word, one of those in the table of violations.
	Code string
	// Text is a sentence with the remedy; it quotes nothing of the response.
	Text string
}

func (v Violation) String() string { return v.Code + ": " + v.Text }

var violations = map[string]string{
	"status":            "the status is not 200; the server is only known to read answers with 200",
	"content-type":      "Content-Type is not application/json in UTF-8",
	"empty":             `the body is empty; to do nothing, answer {"toBotState":null,"data":null}`,
	"size":              fmt.Sprintf("the body has more than %d bytes", MaxAnswer),
	"utf8":              "the body holds bytes that are not UTF-8, or half of a surrogate pair",
	"syntax":            "the body is not one JSON document",
	"duplicate":         "a name stands twice in one object",
	"object":            "the body is not a JSON object",
	"unknown-field":     "a field other than senderID, toBotState and data stands beside them",
	"senderID":          "senderID is not a string",
	"toBotState":        "toBotState is neither a string nor null",
	"data":              "data is neither an object nor null",
	"data-array":        "data is an array; an answer carries one message, send the others through the API",
	"sender-missing":    "data without senderID: the web client drops messages that nobody sent",
	"messageType":       "data.messageType is not a non-empty string",
	"message":           "data.message is not a string, which breaks the clients that show it",
	"message-empty":     "data.message is absent or empty in a text message",
	"sender-in-data":    "data names a room or a sender; the server sets both",
	"data-without-keys": "data is an empty object; to send nothing, make it null",
}

// Answer reads the response strictly and returns every rule it breaks. The
// answer holds what could be understood all the same.
func (r Response) Answer() (Answer, []Violation) {
	var c checker
	c.head(r)
	return c.body(r.Body), c.found
}

// checker collects violations in the order they are met, each once.
type checker struct{ found []Violation }

func (c *checker) say(code string) {
	v := Violation{code, violations[code]}
	if !slices.Contains(c.found, v) {
		c.found = append(c.found, v)
	}
}

func (c *checker) head(r Response) {
	if r.Status != 200 {
		c.say("status")
	}
	media, params, err := mime.ParseMediaType(r.ContentType)
	charset, given := params["charset"]
	if err != nil || media != "application/json" || given && !strings.EqualFold(charset, "utf-8") {
		c.say("content-type")
	}
}

func (c *checker) body(b []byte) Answer {
	switch {
	case len(b) > MaxAnswer:
		c.say("size")
		return Answer{}
	case len(bytes.TrimSpace(b)) == 0:
		c.say("empty")
		return Answer{}
	}
	lax := []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}
	v := jsontext.Value(b)
	switch {
	case !v.IsValid(lax...):
		c.say("syntax")
		return Answer{}
	case v.Kind() != '{':
		c.say("object")
		return Answer{}
	}
	if !v.IsValid(jsontext.AllowInvalidUTF8(true)) {
		c.say("duplicate")
	}
	if !v.IsValid(jsontext.AllowDuplicateNames(true)) {
		c.say("utf8")
	}
	o, _ := parseObject(b, lax...)
	return c.fields(o)
}

func (c *checker) fields(o object) Answer {
	var a Answer
	for _, f := range o {
		switch f.name {
		case "senderID":
			a.SenderID = c.senderID(f.value)
		case "toBotState":
			a.ToBotState = c.toBotState(f.value)
		case "data":
			a.Data = c.data(f.value)
		default:
			c.say("unknown-field")
		}
	}
	if a.Data != nil && a.SenderID == "" {
		c.say("sender-missing")
	}
	return a
}

func (c *checker) senderID(v jsontext.Value) string {
	s, ok := unquote(v)
	if !ok {
		c.say("senderID")
	}
	return s
}

func (c *checker) toBotState(v jsontext.Value) *string {
	if v.Kind() == 'n' {
		return nil
	}
	s, ok := unquote(v)
	if !ok {
		c.say("toBotState")
		return nil
	}
	return &s
}

func (c *checker) data(v jsontext.Value) jsontext.Value {
	switch v.Kind() {
	case 'n':
		return nil
	case '[':
		c.say("data-array")
		return nil
	case '{':
	default:
		c.say("data")
		return nil
	}
	o, _ := parseObject(v, jsontext.AllowDuplicateNames(true))
	if len(o) == 0 {
		c.say("data-without-keys")
		return nil
	}
	c.message(o)
	return v
}

func (c *checker) message(o object) {
	kind, _ := unquote(o.get("messageType"))
	if kind == "" {
		c.say("messageType")
	}
	text, isString := unquote(o.get("message"))
	if o.has("message") && !isString {
		c.say("message")
	} else if kind == "text" && text == "" {
		c.say("message-empty")
	}
	if o.has("room") || o.has("sender") {
		c.say("sender-in-data")
	}
}

// Apply lets an answer take effect: the state moves unless ToBotState is nil,
// and Data is stored as a message of SenderID, a member or else an unknown robot.
// It returns the stored message, nil for none.
func (r *Room) Apply(a Answer) *Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	if a.ToBotState != nil {
		r.botState = *a.ToBotState
	}
	o, err := parseObject(a.Data, jsontext.AllowDuplicateNames(true))
	if err != nil {
		return nil
	}
	o.remove("room", "sender", "_id", "id")
	m := r.store(r.speaker(a.SenderID), o)
	return &m
}

// speaker finds the member, or makes up the robot that an unknown ID stands for.
func (r *Room) speaker(id string) event.User {
	if i := slices.IndexFunc(r.members, func(m event.User) bool { return m.ID == id }); i >= 0 {
		return r.members[i]
	}
	return event.User{ID: id, IsRobot: true}
}
