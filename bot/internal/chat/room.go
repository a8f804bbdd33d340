package chat

import (
	"slices"
	"sync"
	"time"

	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
)

// Config says what a new room begins with. Only ID is needed.
type Config struct {
	ID    string
	AppID string // default "SampleApp", as in the spec
	// BotState empty means never set, which is the server's default (vendor
	// documentation).
	BotState string
	BotMode  bool
	// Now tells the time of messages; nil means time.Now.
	Now func() time.Time
	// NewID makes a message's ID from its time; nil means a fresh [ObjectIDs].
	NewID func(time.Time) string
}

// Room is one chatroom as the server keeps it.
type Room struct {
	id, appID string
	now       func() time.Time
	newID     func(time.Time) string

	mu       sync.Mutex
	botState string
	botMode  bool
	members  []event.User
	messages []Message
}

// Message is a message the room has stored.
type Message struct {
	ID     string
	Sender event.User
	// JSON is the whole message as the server sends it.
	JSON jsontext.Value
}

// NewRoom returns a room without members and messages.
func NewRoom(c Config) *Room {
	if c.AppID == "" {
		c.AppID = "SampleApp"
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID == nil {
		c.NewID = ObjectIDs(c.ID)
	}
	return &Room{id: c.ID, appID: c.AppID, now: c.Now, newID: c.NewID, botState: c.BotState, botMode: c.BotMode}
}

// ID returns the room's ID.
func (r *Room) ID() string { return r.id }

// AppID returns the application the room belongs to.
func (r *Room) AppID() string { return r.appID }

// BotState returns the state the room is in; empty means never set, or reset.
func (r *Room) BotState() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.botState
}

// SetBotState puts the room into a state, as an operator would.
func (r *Room) SetBotState(state string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.botState = state
}

// BotMode reports the room's switch for bots. The room does not act on it, since
// the vendor's documents disagree on whether it stops the webhook.
func (r *Room) BotMode() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.botMode
}

// SetBotMode turns the switch.
func (r *Room) SetBotMode(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.botMode = on
}

// Members returns who is in the room, in the order they came.
func (r *Room) Members() []event.User {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.members)
}

// Messages returns what was written, oldest first.
func (r *Room) Messages() []Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.messages)
}

// Fork returns a copy under another ID, or under the same to keep as a snapshot,
// which costs the same however long the conversation is. The two share nothing
// that changes, except the clock and the source of IDs.
func (r *Room) Fork(id string) *Room {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := NewRoom(Config{ID: id, AppID: r.appID, BotState: r.botState, BotMode: r.botMode, Now: r.now, NewID: r.newID})
	f.members = slices.Clone(r.members)
	if f.messages = slices.Clip(r.messages); id == r.id {
		return f
	}
	f.messages = slices.Clone(f.messages)
	for i, m := range f.messages {
		if o, err := parseObject(m.JSON); err == nil {
			o.set("room", quote(id))
			f.messages[i].JSON = o.encode()
		}
	}
	return f
}
