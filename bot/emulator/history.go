package emulator

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/funtekco/webhookbot/bot/internal/chat"
)

// conversation is all that goes back when one rewinds. Copies share history:
// slices only grow, and a line that changes is replaced in a new slice.
type conversation struct {
	chat  *chat.Room
	lines []*line
	turns []*turn
}

// copy is a conversation that stays as this one is now, in the room named id.
func (c conversation) copy(id string) conversation {
	return conversation{c.chat.Fork(id), slices.Clip(c.lines), slices.Clip(c.turns)}
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
