package emulator

import (
	"cmp"
	"errors"
	"slices"

	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/event"
)

// cast is what transcripts call the people.
func (e *Emulator) cast() *talk.Talk {
	var c talk.Talk
	for _, u := range e.users {
		c.Cast = append(c.Cast, talk.Person{User: u})
	}
	return &c
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

// meet makes somebody known who speaks for the bot and is no member, so that he can
// be added. It is said once.
func (e *Emulator) meet(r *room, t *turn, id string) {
	is := func(u event.User) bool { return u.ID == id }
	if id == "" || r.strangers[id] || slices.ContainsFunc(r.chat.Members(), is) {
		return
	}
	r.strangers[id] = true
	t.Verdict.say(info, "not-a-member", "senderID names nobody in this room; what the server does then is documented nowhere. This is said once")
	if !slices.ContainsFunc(e.users, is) {
		u := e.cast().User(id)
		u.IsRobot = true
		e.setUser(u)
		e.hub.publish(change{Type: "users", Value: e.users})
	}
}
