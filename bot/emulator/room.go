package emulator

import (
	"errors"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/event"
)

var (
	errNoRoom    = errors.New("there is no such room")
	errRoomTaken = errors.New("there is a room of this name already")
	errRoomName  = errors.New("a room needs a name of at most 100 characters")
	errNoTurn    = errors.New("this conversation has no such turn")
	errLastRoom  = errors.New("the last room stays")
)

// room is a chatroom with what was seen of it. Emulator.mu guards it.
type room struct {
	id    string
	start string // the state before the first turn
	conversation
	undo *conversation // what the last rewinding took away
	gen  int           // counts rewindings: answers from before do not apply

	strangers map[string]bool // who spoke for the bot without being a member
}

// summary is a room as lists show it.
type summary struct {
	ID       string       `json:"id"`
	BotState string       `json:"botState"`
	BotMode  bool         `json:"botMode"`
	Members  []event.User `json:"members"`
	Lines    int          `json:"lines"`
	Turns    int          `json:"turns"`
	CanUndo  bool         `json:"canUndo"`
}

func (r *room) summary() summary {
	return summary{r.id, r.chat.BotState(), r.chat.BotMode(), r.chat.Members(), len(r.lines), len(r.turns), r.undo != nil}
}

func (e *Emulator) room(id string) (*room, error) {
	for _, r := range e.rooms {
		if r.id == id {
			return r, nil
		}
	}
	return nil, errNoRoom
}

// openRoom makes a room in a state, with the first person and all robots in it.
// The caller holds the lock, or nobody else knows e.
func (e *Emulator) openRoom(id, state string) (*room, error) {
	if id = strings.TrimSpace(id); id == "" || len(id) > 100 {
		return nil, errRoomName
	}
	if _, err := e.room(id); err == nil {
		return nil, errRoomTaken
	}
	r := &room{id: id, start: state, strangers: map[string]bool{}}
	r.chat = chat.NewRoom(chat.Config{ID: id, BotState: state, BotMode: true, NewID: chat.ObjectIDs(e.hub.epoch + id)})
	first := slices.IndexFunc(e.users, func(u event.User) bool { return !u.IsRobot })
	for i, u := range e.users {
		if i == first || u.IsRobot {
			r.chat.Join(u)
		}
	}
	e.rooms = append(e.rooms, r)
	return r, nil
}

// addRoom is openRoom for the page, which is told.
func (e *Emulator) addRoom(id, state string) (*room, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	r, err := e.openRoom(id, state)
	if err == nil {
		e.tellRooms()
	}
	return r, err
}

func (e *Emulator) deleteRoom(id string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	r, err := e.room(id)
	if err != nil {
		return err
	}
	if len(e.rooms) == 1 {
		return errLastRoom
	}
	r.gen++
	e.rooms = slices.DeleteFunc(e.rooms, func(o *room) bool { return o == r })
	e.tellRooms()
	return nil
}

func (e *Emulator) setBotMode(id string, on bool) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	r, err := e.room(id)
	if err != nil {
		return err
	}
	r.chat.SetBotMode(on)
	e.tellRoom(r)
	return nil
}

func (e *Emulator) tellRoom(r *room) {
	e.hub.publish(change{Type: "room", Room: r.id, Value: r.summary()})
}

func (e *Emulator) tellRooms() {
	e.hub.publish(change{Type: "rooms", Value: e.summaries()})
}

func (e *Emulator) summaries() []summary {
	all := make([]summary, 0, len(e.rooms))
	for _, r := range e.rooms {
		all = append(all, r.summary())
	}
	return all
}
