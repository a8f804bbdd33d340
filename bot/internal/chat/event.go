package chat

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Event is something that happened in a room and is told to the webhook.
// [Room.Request] makes the body of it.
type Event struct {
	Kind event.Kind
	// ClientID is who caused it, empty for nobody.
	ClientID string
	Data     jsontext.Value
}

// ErrNoMessage says that a message to edit is not in the room.
var ErrNoMessage = errors.New("chat: no such message in the room")

// Join brings u into the room by himself.
func (r *Room) Join(u event.User) Event {
	r.enter(u)
	return r.membership(event.KindJoinRoom, u, []event.User{u})
}

// Add lets by bring users into the room.
func (r *Room) Add(by event.User, users ...event.User) Event {
	r.enter(users...)
	return r.membership(event.KindAddMembers, by, users)
}

// Remove lets by take users out of the room. Who leaves removes himself: the
// vendor documents no event of its own for it.
func (r *Room) Remove(by event.User, users ...event.User) Event {
	r.mu.Lock()
	r.members = slices.DeleteFunc(r.members, func(m event.User) bool {
		return slices.ContainsFunc(users, func(u event.User) bool { return u.ID == m.ID })
	})
	r.mu.Unlock()
	return r.membership(event.KindDeleteMembers, by, users)
}

// enter adds the users, or replaces those who are already in.
func (r *Room) enter(users ...event.User) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, u := range users {
		if i := slices.IndexFunc(r.members, func(m event.User) bool { return m.ID == u.ID }); i >= 0 {
			r.members[i] = u
		} else {
			r.members = append(r.members, u)
		}
	}
}

// membership has no ID and no time, as in the spec.
func (r *Room) membership(kind event.Kind, by event.User, users []event.User) Event {
	if users == nil {
		users = []event.User{}
	}
	data := object{{"room", quote(r.id)}, {"sender", encode(by)}, {"members", encode(users)}}
	return Event{Kind: kind, ClientID: by.ID, Data: data.encode()}
}

// Text returns the fields of a text message, for [Room.Post].
func Text(text string) jsontext.Value {
	return object{{"messageType", quote("text")}, {"message", quote(text)}}.encode()
}

// Post stores a message and returns its event. fields is a JSON object with what
// a client would send: messageType, message, and so on; the rest is the server's.
// A field that the server makes but fields holds too stays as fields has it, so
// that every oddity can be sent.
func (r *Room) Post(by event.User, fields jsontext.Value) (Event, error) {
	o, err := parseObject(fields)
	if err != nil {
		return Event{}, fmt.Errorf("chat: message fields: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return MessageEvent(r.store(by, o)), nil
}

// Edit changes fields of a stored message, which keeps its ID. A recall is the
// edit {"messageType":"recall","message":""} (vendor documentation).
func (r *Room) Edit(id string, fields jsontext.Value) (Event, error) {
	o, err := parseObject(fields)
	if err != nil {
		return Event{}, fmt.Errorf("chat: message fields: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.messages, func(m Message) bool { return m.ID == id })
	if i < 0 {
		return Event{}, ErrNoMessage
	}
	edited, err := parseObject(r.messages[i].JSON)
	if err != nil {
		return Event{}, err
	}
	for _, f := range o {
		edited.set(f.name, f.value)
	}
	now := r.now()
	edited.set("editedAt", quote(iso(now)))
	edited.set("updatedAtMS", encode(now.UnixMilli()))
	r.messages = slices.Clone(r.messages) // a fork may share them
	r.messages[i].JSON = edited.encode()
	return MessageEvent(r.messages[i]), nil
}

// MessageEvent returns the event of a message that is stored already: what the
// bot gets when the server tells it of its own reply.
func MessageEvent(m Message) Event {
	return Event{Kind: event.KindMessage, ClientID: m.Sender.ID, Data: m.JSON}
}

// store completes the fields as the server does, in the spec's order.
func (r *Room) store(by event.User, fields object) Message {
	now := r.now()
	id := r.newID(now)
	made := object{
		{"room", quote(r.id)},
		{"sender", encode(by)},
		{"messageType", quote("text")},
		{"appID", quote(r.appID)},
		{"__v", jsontext.Value("0")},
		{"messageTime", quote(iso(now))},
		{"messageTimeMS", encode(now.UnixMilli())},
		{"id", quote(id)},
	}
	whole := object{{"_id", quote(id)}}
	for _, f := range fields {
		if made.has(f.name) {
			made.set(f.name, f.value)
		} else {
			whole.set(f.name, f.value)
		}
	}
	whole = append(whole, made...)
	if own, ok := unquote(whole.get("_id")); ok {
		id = own
	}
	m := Message{ID: id, Sender: by, JSON: whole.encode()}
	r.messages = append(r.messages, m)
	return m
}

func iso(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// encode is for values that always encode.
func encode(v any) jsontext.Value {
	b, err := json.Marshal(v, jsontext.AllowInvalidUTF8(true))
	if err != nil {
		panic("chat: " + err.Error())
	}
	return b
}
