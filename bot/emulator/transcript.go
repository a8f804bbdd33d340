package emulator

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/event"
)

// getTranscript hands out the conversation as a test.
func (e *Emulator) getTranscript(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	room, err := e.room(r.PathValue("room"))
	if err != nil {
		e.mu.Unlock()
		fail(w, http.StatusNotFound, err.Error())
		return
	}
	text := e.transcript(room).String()
	e.mu.Unlock()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": room.id + ".txt"}))
	fmt.Fprint(w, text)
}

// transcript is what was done and answered in a room. Faults, which a transcript
// cannot say, become comments.
func (e *Emulator) transcript(r *room) *talk.File {
	t := &talk.Talk{Room: r.id, State: r.start}
	usual := r.speaker()
	var comments []string
	for _, done := range r.turns {
		if done.Fault != "" {
			comments = append(comments, fmt.Sprintf("# tried here: %s (%s)", done.Fault, done.Verdict.Grade))
			continue
		}
		if done.Silent && done.act.Verb != talk.At {
			comments = append(comments, "# the bot was not told: "+done.Title)
			continue
		}
		if done.Status != http.StatusOK && done.Status != 0 {
			comments = append(comments, fmt.Sprintf("# answered with status %d", done.Status))
		}
		turn := done.written(usual)
		turn.Lead, comments = comments, nil
		t.Turns = append(t.Turns, turn)
	}
	t.Cast = e.introduced(t)
	return &talk.File{Path: r.id + ".txt", Talks: []*talk.Talk{t}, Tail: comments}
}

// speaker is who answered first.
func (r *room) speaker() string {
	for _, t := range r.turns {
		if o := t.observed(); o.Message != nil {
			return o.Sender
		}
	}
	return ""
}

// observed is what the bot did in an ordinary turn.
func (t *turn) observed() talk.Observed {
	o := talk.Observed{Before: t.Before, After: t.After}
	if t.Fault == "" && t.Status == http.StatusOK && len(t.Exchanges) == 1 {
		o.Sender, o.Message = t.Exchanges[0].answer.SenderID, t.Exchanges[0].answer.Data
	}
	return o
}

// written is the turn with what the bot did as what it must do.
func (t *turn) written(usual string) *talk.Turn {
	if t.act.Verb == talk.At {
		act := t.act
		return &act
	}
	act := t.act
	act.Reply, act.Goes = nil, nil
	got, _ := act.Observe(t.observed(), usual)
	return got
}

// introduced lists those in the talk whom a transcript would not know from the ID
// alone.
func (e *Emulator) introduced(t *talk.Talk) []talk.Person {
	seen := map[string]bool{}
	for _, turn := range t.Turns {
		seen[turn.Who] = true
		for _, id := range turn.Whom {
			seen[id] = true
		}
	}
	var cast []talk.Person
	for _, u := range e.users {
		if plain := (&talk.Talk{}).User(u.ID); seen[u.ID] && (u.IsRobot || u.Nickname != plain.Nickname) {
			cast = append(cast, talk.Person{User: event.User{ID: u.ID, Nickname: u.Nickname, IsRobot: u.IsRobot}})
		}
	}
	return cast
}

// played is what came of a transcript.
type played struct {
	Rooms []string `json:"rooms"`
	Turns int      `json:"turns"`
	Wrong int      `json:"wrong"` // turns that differ
	Diff  string   `json:"diff"`  // what differs, as a test would print it
}

// play opens a room for each conversation of a transcript and plays it.
func (e *Emulator) play(ctx context.Context, text string) (played, error) {
	want, err := talk.Parse("transcript", []byte(text))
	if err != nil {
		return played{}, err
	}
	got := &talk.File{Path: want.Path}
	var p played
	for _, t := range want.Talks {
		seen, err := e.playTalk(ctx, t, &p)
		if err != nil {
			return p, err
		}
		got.Talks = append(got.Talks, seen)
	}
	p.Diff = talk.Diff(want, got)
	return p, nil
}

func (e *Emulator) playTalk(ctx context.Context, t *talk.Talk, p *played) (*talk.Talk, error) {
	id, err := e.stage(t)
	if err != nil {
		return nil, err
	}
	p.Rooms = append(p.Rooms, id)
	seen := &talk.Talk{Room: t.Room}
	usual := ""
	for _, want := range t.Turns {
		act := *want
		act.Reply, act.Goes, act.Lead = nil, nil, nil
		done, err := e.do(ctx, id, act)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", want.No, err)
		}
		p.Turns++
		got := want
		if want.Verb != talk.At {
			o := done.observed()
			if usual == "" {
				usual = o.Sender
			}
			var wrong []string
			if got, wrong = want.Observe(o, usual); len(wrong) > 0 {
				p.Wrong++
				e.differs(id, done, wrong)
			}
		}
		seen.Turns = append(seen.Turns, got)
	}
	return seen, nil
}

// stage prepares a room and the people of a conversation.
func (e *Emulator) stage(t *talk.Talk) (string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	known := func(id string) bool {
		return slices.ContainsFunc(e.users, func(u event.User) bool { return u.ID == id })
	}
	for _, p := range t.Cast {
		e.setUser(p.User)
	}
	for _, turn := range t.Turns {
		if turn.Who != "" && !known(turn.Who) {
			e.setUser(t.User(turn.Who))
		}
		for _, id := range turn.Whom {
			if !known(id) {
				e.setUser(t.User(id))
			}
		}
	}
	r, err := e.openRoom(e.freeName(t.Room), t.State)
	if err != nil {
		return "", err
	}
	e.hub.publish(change{Type: "users", Value: e.users})
	e.tellRooms()
	return r.id, nil
}

// differs marks a turn that went otherwise than its transcript says.
func (e *Emulator) differs(roomID string, t *turn, wrong []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, w := range wrong {
		t.Verdict.say(careful, "transcript", "the transcript expects otherwise: "+w)
	}
	r, err := e.room(roomID)
	if err != nil {
		return // deleted meanwhile
	}
	e.write(r, line{Turn: t.ID, Text: "Not as in the transcript: " + strings.Join(wrong, "; "), Grade: careful})
	e.tellTurn(r, t)
}
