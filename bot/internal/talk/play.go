package talk

import (
	"errors"
	"fmt"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/event"
)

// ErrNothingToEdit says that somebody edits who has not written anything.
var ErrNothingToEdit = errors.New("talk: there is no message of this user to edit")

// Act does in the room what a turn says and returns the event to tell the bot,
// with the quirks of its request. There is none for [At].
func (t *Talk) Act(room *chat.Room, turn *Turn) (*chat.Event, []chat.Quirk, error) {
	if turn.Verb == At {
		room.SetBotState(turn.To)
		return nil, nil, nil
	}
	e, err := t.event(room, turn)
	if err != nil {
		return nil, nil, err
	}
	var quirks []chat.Quirk
	if turn.With != nil {
		for _, name := range turn.With.Quirks {
			q, _ := chat.QuirkByName(name)
			quirks = append(quirks, q)
		}
	}
	return &e, quirks, nil
}

func (t *Talk) event(room *chat.Room, turn *Turn) (chat.Event, error) {
	who := t.User(turn.Who)
	switch turn.Verb {
	case Says:
		return room.Post(who, turn.Say.Fields())
	case Edits:
		return edit(room, turn)
	case Joins:
		return room.Join(who), nil
	case Leaves:
		return room.Remove(who, who), nil
	case Adds:
		return room.Add(who, t.users(turn.Whom)...), nil
	case Removes:
		return room.Remove(who, t.users(turn.Whom)...), nil
	case Sends:
		return chat.Event{Kind: turn.Kind, ClientID: turn.Who, Data: turn.Data}, nil
	}
	return chat.Event{}, fmt.Errorf("talk: no verb %q", turn.Verb)
}

func edit(room *chat.Room, turn *Turn) (chat.Event, error) {
	id := ""
	for _, m := range room.Messages() {
		if m.Sender.ID == turn.Who {
			id = m.ID
		}
	}
	if id == "" {
		return chat.Event{}, ErrNothingToEdit
	}
	return room.Edit(id, turn.Say.Fields())
}

func (t *Talk) users(ids []string) []event.User {
	var users []event.User
	for _, id := range ids {
		users = append(users, t.User(id))
	}
	return users
}
