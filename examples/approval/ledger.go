package main

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Request is what somebody asks for.
type Request struct {
	By   string // the client ID
	What string
	At   time.Time
}

// Ledger keeps the last request of each room. The room's state says how far the
// request has come; who asked for what has to be kept beside it. Its methods are
// called by many goroutines at once.
type Ledger interface {
	// Load returns ErrNoRequest for a room without one.
	Load(ctx context.Context, room string) (Request, error)
	// Save replaces the room's request.
	Save(ctx context.Context, room string, r Request) error
}

// ErrNoRequest says that nothing is known of a request in the room.
var ErrNoRequest = errors.New("no request")

// Memory is a Ledger that forgets everything when the process ends, and that
// other processes do not see. The zero value is ready. It holds one request for
// each room that ever had one.
type Memory struct {
	mu       sync.Mutex
	requests map[string]Request
}

// Load returns the room's request.
func (l *Memory) Load(_ context.Context, room string) (Request, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r, ok := l.requests[room]
	if !ok {
		return r, ErrNoRequest
	}
	return r, nil
}

// Save replaces the room's request.
func (l *Memory) Save(_ context.Context, room string, r Request) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.requests == nil {
		l.requests = map[string]Request{}
	}
	l.requests[room] = r
	return nil
}
