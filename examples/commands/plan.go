package main

import (
	"errors"
	"slices"
	"strings"
	"sync"
)

// Plan is today's bookings. It is in memory to keep the example short: with a
// calendar or a database behind these methods, nothing else changes.
type Plan struct {
	mu     sync.Mutex
	names  []string
	closed map[string]string // why, by room
	booked map[slot]string   // the user's ID
}

type slot struct {
	room string
	hour int
}

// Room is a meeting room as it is now.
type Room struct {
	Name   string
	Closed string // why, empty when it is not
	Free   []int  // hours
}

// What stands against a booking.
var (
	errHour   = errors.New("rooms can be booked from 9 to 17")
	errTaken  = errors.New("somebody was faster")
	errClosed = errors.New("the room is closed")
)

const firstHour, lastHour = 9, 17

// NewPlan returns a plan of rooms that are free all day.
func NewPlan(rooms ...string) *Plan {
	return &Plan{names: rooms, closed: map[string]string{}, booked: map[slot]string{}}
}

// Rooms returns all rooms.
func (p *Plan) Rooms() []Room {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []Room
	for _, name := range p.names {
		all = append(all, p.room(name))
	}
	return all
}

// Room returns the room whose name begins with name, in any letter case, or the
// zero Room.
func (p *Plan) Room(name string) Room {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.names, func(n string) bool {
		return name != "" && strings.HasPrefix(strings.ToLower(n), strings.ToLower(name))
	})
	if i < 0 {
		return Room{}
	}
	return p.room(p.names[i])
}

func (p *Plan) room(name string) Room {
	r := Room{Name: name, Closed: p.closed[name]}
	for h := firstHour; h <= lastHour && r.Closed == ""; h++ {
		if p.booked[slot{name, h}] == "" {
			r.Free = append(r.Free, h)
		}
	}
	return r
}

// Book books a room for a user. Between a look at [Plan.Rooms] and this call
// somebody else may have booked it, so it decides anew.
func (p *Plan) Book(room string, hour int, user string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch s := (slot{room, hour}); {
	case p.closed[room] != "":
		return errClosed
	case hour < firstHour || hour > lastHour:
		return errHour
	case p.booked[s] != "":
		return errTaken
	default:
		p.booked[s] = user
		return nil
	}
}

// Release takes a user's booking back. It is false when there is none.
func (p *Plan) Release(room string, hour int, user string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := slot{room, hour}
	if p.booked[s] != user {
		return false
	}
	delete(p.booked, s)
	return true
}

// Close closes a room for a reason, or opens it when there is none. It is false
// when there is no such room.
func (p *Plan) Close(room, why string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Contains(p.names, room) {
		return false
	}
	p.closed[room] = why
	return true
}
