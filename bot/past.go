package bot

import (
	"strings"
	"time"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// roomPast is what the bot remembers of a room between events.
type roomPast struct {
	from, to   string // the last move
	movedAt    time.Time
	robotTurns int // events of robots answered in a row
}

// staleFor is how long after a move an event with the state before it counts as
// stale. Later it more likely means that somebody set the state back.
const staleFor = 30 * time.Second

// look reports whether an event carries a state the bot has just moved the room
// out of, and whether the room is muted for robots: when the bot has answered
// limit of their events in a row, two bots are talking to each other. A person's
// event, or a minute of silence, ends that.
func (s *shard) look(h *event.Envelope, from event.User, limit int, now time.Time) (stale, muted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.pasts.get(h.RoomID, now)
	var p roomPast
	if e != nil {
		p = e.value
		stale = p.to != p.from && h.BotState == p.from && now.Sub(p.movedAt) < staleFor
	}
	switch {
	case from.IsRobot:
		muted = limit >= 0 && p.robotTurns >= limit
	case p.robotTurns > 0:
		p.robotTurns = 0
		s.keepPast(h.RoomID, p, now)
	}
	return stale, muted
}

// answeredRobot counts that the bot spoke to a robot.
func (s *shard) answeredRobot(h *event.Envelope, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var p roomPast
	if e := s.pasts.get(h.RoomID, now); e != nil {
		p = e.value
	}
	p.robotTurns++
	s.keepPast(h.RoomID, p, now)
}

// moved notes where the bot's answer puts the room.
func (s *shard) moved(h *event.Envelope, to fsm.State, now time.Time) {
	if to == "" || string(to) == h.BotState {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var p roomPast
	if e := s.pasts.get(h.RoomID, now); e != nil {
		p = e.value
	}
	p.from, p.to, p.movedAt = strings.Clone(h.BotState), string(to), now
	s.keepPast(h.RoomID, p, now)
}

// keepPast keeps what is known of a room; s.mu is held. Strings of the event are
// copied, because they would keep its whole body in memory.
func (s *shard) keepPast(room string, p roomPast, now time.Time) {
	e := s.pasts.get(room, now)
	if e == nil {
		e = s.pasts.add(strings.Clone(room))
	}
	e.value = p
	s.pasts.keep(e, 0, now)
}
