package emulator

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
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

// conversation is all that goes back when one rewinds. Copies share history:
// slices only grow, and a line that changes is replaced in a new slice.
type conversation struct {
	chat  *chat.Room
	lines []*line
	turns []*turn
}

// line is what stands in the chat: a message, or a remark between messages.
type line struct {
	ID       int            `json:"id"`
	Turn     int            `json:"turn,omitzero"`
	Text     string         `json:"text,omitzero"` // of a remark
	Grade    grade          `json:"grade,omitzero"`
	Message  jsontext.Value `json:"message,omitzero"`
	Bot      bool           `json:"bot,omitzero"`
	Findings []finding      `json:"findings,omitzero"`

	messageID string
}

// copy is a conversation that stays as this one is now, in the room named id.
func (c conversation) copy(id string) conversation {
	return conversation{c.chat.Fork(id), slices.Clip(c.lines), slices.Clip(c.turns)}
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

// OpenRoom is openRoom for the page, which is told.
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

// addUser makes somebody to speak as, or gives him another nickname.
func (e *Emulator) addUser(u event.User) error {
	if u.ID == "" || len(u.ID) > 200 {
		return errors.New("somebody needs an ID of at most 200 characters")
	}
	u.Nickname = cmp.Or(u.Nickname, u.ID)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.setUser(u)
	e.hub.publish(change{Type: "users", Value: e.users})
	return nil
}

func (e *Emulator) setUser(u event.User) {
	e.users = slices.Clone(e.users)
	if i := slices.IndexFunc(e.users, func(o event.User) bool { return o.ID == u.ID }); i >= 0 {
		e.users[i] = u
		return
	}
	e.users = append(e.users, u)
}

// rewind takes the room back to before a turn. What came after can be had back
// once.
func (e *Emulator) rewind(roomID string, turnID int) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	r, err := e.room(roomID)
	if err != nil {
		return err
	}
	t, err := r.turn(turnID)
	if err != nil {
		return err
	}
	now := r.conversation
	e.replace(r, t.past.copy(r.id), &now)
	return nil
}

// undoRewind brings back what the last rewinding took away.
func (e *Emulator) undoRewind(roomID string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	r, err := e.room(roomID)
	if err != nil {
		return err
	}
	if r.undo == nil {
		return errors.New("there is nothing to bring back")
	}
	e.replace(r, *r.undo, nil)
	return nil
}

func (e *Emulator) replace(r *room, c conversation, undo *conversation) {
	r.conversation, r.undo = c, undo
	r.gen++
	e.hub.publish(change{Type: "reload", Room: r.id})
	e.tellRoom(r)
}

// fork opens another room that begins as this one was after a turn; 0 is now.
func (e *Emulator) fork(roomID string, turnID int, id string) (*room, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	r, err := e.room(roomID)
	if err != nil {
		return nil, err
	}
	from := r.conversation
	if turnID != 0 {
		i := slices.IndexFunc(r.turns, func(t *turn) bool { return t.ID == turnID })
		if i < 0 {
			return nil, errNoTurn
		}
		if i+1 < len(r.turns) {
			from = r.turns[i+1].past
		}
	}
	f, err := e.openRoom(e.freeName(cmp.Or(id, roomID+" fork")), r.start)
	if err != nil {
		return nil, err
	}
	f.conversation = from.copy(f.id)
	e.tellRooms()
	return f, nil
}

// freeName returns name, with a number when there is such a room.
func (e *Emulator) freeName(name string) string {
	free := name
	for n := 2; ; n++ {
		if _, err := e.room(free); err != nil {
			return free
		}
		free = fmt.Sprintf("%s %d", name, n)
	}
}

func (r *room) turn(id int) (*turn, error) {
	for _, t := range slices.Backward(r.turns) {
		if t.ID == id {
			return t, nil
		}
	}
	return nil, errNoTurn
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

// write appends a line and tells the pages.
func (e *Emulator) write(r *room, l line) {
	e.lastID++
	l.ID = e.lastID
	r.lines = append(r.lines, &l)
	e.hub.publish(change{Type: "line", Room: r.id, Value: &l})
}

// rewrite changes the line of a message that was edited.
func (e *Emulator) rewrite(r *room, id string, m jsontext.Value) {
	i := slices.IndexFunc(r.lines, func(l *line) bool { return l.messageID == id })
	if i < 0 {
		return
	}
	l := *r.lines[i]
	l.Message, l.Findings = m, nil
	r.lines = slices.Clone(r.lines) // copies of the conversation share the old ones
	r.lines[i] = &l
	e.hub.publish(change{Type: "line", Room: r.id, Value: &l})
}
