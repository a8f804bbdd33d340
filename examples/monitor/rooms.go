package main

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/funtekco/webhookbot/event"
)

// maxRooms is how many rooms are counted by name. A room more would be a line
// more in every scrape, for ever: further ones count together.
const maxRooms = 100

// others is the name that further rooms count under.
const others = "(other rooms)"

// maxName is how many bytes of a room's or a person's name are kept.
const maxName = 128

// Counts says how much happened.
type Counts struct {
	Messages int `json:"messages"`
	Joined   int `json:"joined"`  // came by themselves
	Added    int `json:"added"`   // people, not events
	Removed  int `json:"removed"` // or left by themselves
	Other    int `json:"other"`   // events of kinds that have no name here
}

// Room is what a page shows of one room.
type Room struct {
	Name   string    `json:"name"`
	Counts Counts    `json:"counts"`
	Recent []int     `json:"recent"` // events in each of the last 60 seconds, the running one last
	Who    string    `json:"who"`    // caused the last event
	At     time.Time `json:"at"`     // when that was
}

// Rooms counts events by room.
type Rooms struct {
	mu    sync.Mutex
	rooms map[string]*room
}

type room struct {
	counts Counts
	recent window
	who    string
	at     time.Time
}

// NewRooms returns an empty count.
func NewRooms() *Rooms { return &Rooms{rooms: map[string]*room{}} }

// Add counts an event.
func (r *Rooms) Add(e event.Event) {
	now := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	to := r.room(e.Head().RoomID)
	to.counts.add(e)
	to.recent.add(now)
	to.who, to.at = brief(e.From().String()), now
}

// room returns the room with an ID, or the one for others; r.mu is held.
func (r *Rooms) room(id string) *room {
	id = brief(id)
	to := r.rooms[id]
	if to == nil && len(r.rooms) >= maxRooms {
		id = others
		to = r.rooms[id]
	}
	if to == nil {
		to = &room{}
		r.rooms[id] = to
	}
	return to
}

func (c *Counts) add(e event.Event) {
	switch e := e.(type) {
	case *event.Message:
		c.Messages++
	case *event.JoinRoom:
		c.Joined++
	case *event.AddMembers:
		c.Added += len(e.Members)
	case *event.DeleteMembers:
		c.Removed += len(e.Members)
	default:
		c.Other++
	}
}

// Of returns the counts of one room.
func (r *Rooms) Of(id string) Counts {
	r.mu.Lock()
	defer r.mu.Unlock()
	if room := r.rooms[brief(id)]; room != nil {
		return room.counts
	}
	return Counts{}
}

// All returns every room, in the order of their names.
func (r *Rooms) All() []Room {
	now := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]Room, 0, len(r.rooms))
	for name, room := range r.rooms {
		all = append(all, Room{name, room.counts, room.recent.at(now), room.who, room.at})
	}
	slices.SortFunc(all, func(a, b Room) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// brief returns the beginning of a name, as a copy: a piece of an event's string
// would keep the whole event in memory.
func brief(s string) string {
	if len(s) > maxName {
		s = strings.ToValidUTF8(s[:maxName], "") + "…"
	}
	return strings.Clone(s)
}

// window counts what happened in each of the last 60 seconds.
type window struct {
	seconds [60]int // of second t at t % 60
	last    int64   // the second that was counted last
}

func (w *window) add(now time.Time) {
	w.advance(now.Unix())
	w.seconds[w.last%60]++
}

// advance forgets the seconds that are further back than 60 before t. A clock
// that was set back counts on in the last second.
func (w *window) advance(t int64) {
	for s := max(w.last+1, t-59); s <= t; s++ {
		w.seconds[s%60] = 0
	}
	w.last = max(w.last, t)
}

// at returns the counts of the 60 seconds up to now, oldest first.
func (w *window) at(now time.Time) []int {
	w.advance(now.Unix())
	out := make([]int, 60)
	for i := range out {
		out[i] = w.seconds[(w.last+1+int64(i))%60]
	}
	return out
}
