package bot

import (
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
// more than limit of their events in a row, two bots are talking to each other.
// A person's event, or a minute of silence, ends that.
func (s *shard) look(h *event.Envelope, from event.User, limit int, now time.Time) (stale, muted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, known := s.pasts.get(h.RoomID, now)
	if known {
		stale = p.to != p.from && h.BotState == p.from && now.Sub(p.movedAt) < staleFor
	}
	switch {
	case limit < 0:
	case from.IsRobot && p.robotTurns > limit:
		muted = true
	case from.IsRobot:
		p.robotTurns++
		muted = p.robotTurns > limit
		s.pasts.put(h.RoomID, p, 0, now)
	case p.robotTurns > 0:
		p.robotTurns = 0
		s.pasts.put(h.RoomID, p, 0, now)
	}
	return stale, muted
}

// moved notes where the bot's answer puts the room.
func (s *shard) moved(h *event.Envelope, to fsm.State, now time.Time) {
	if to == "" || string(to) == h.BotState {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p, _ := s.pasts.get(h.RoomID, now)
	p.from, p.to, p.movedAt = h.BotState, string(to), now
	s.pasts.put(h.RoomID, p, 0, now)
}
