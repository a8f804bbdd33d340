package bot

import (
	"hash/maphash"
	"time"

	"github.com/funtekco/webhookbot/event"
)

// delivery tells one message of a room from another. The same message with
// other data, as after an edit, is another delivery; the envelope does not
// count, so that a resend after the room has moved on is still the same.
type delivery struct {
	room, id string
	data     uint64 // keyed hash: a sender cannot aim for equal ones
}

// memory is the answer to one delivery, or the place where it will be.
type memory struct {
	key    delivery
	known  bool // result is there
	result result
	wake   chan struct{} // closed when it is there; made by who waits
}

// remember returns the place for the answer to e, and whether e is delivered
// for the first time. Events without an ID are never the same twice, because
// two real joins are equal byte for byte.
func (s *shard) remember(e event.Event, now time.Time) (mem *memory, first bool) {
	m, ok := e.(*event.Message)
	if !ok || m.ID == "" || s.limits.Remember < 0 {
		return nil, true
	}
	key := delivery{m.RoomID, m.ID, maphash.String(s.seed, m.Data())}
	s.mu.Lock()
	defer s.mu.Unlock()
	if mem = s.pending[key]; mem != nil {
		return mem, false
	}
	if mem, ok = s.answers.get(key, now); ok {
		return mem, false
	}
	mem = &memory{key: key}
	s.pending[key] = mem
	return mem, true
}

// recall returns the answer of the first delivery, once it is there.
func (s *shard) recall(w wait, mem *memory) (result, error) {
	s.mu.Lock()
	if mem.known {
		defer s.mu.Unlock()
		return mem.result, nil
	}
	if mem.wake == nil {
		mem.wake = make(chan struct{})
	}
	s.mu.Unlock()
	if err := w.until(mem.wake); err != nil {
		return result{}, err
	}
	return mem.result, nil
}

// settle gives the answer to the copies that wait for it, and keeps it for
// later ones unless it is a failure: a failed message may be tried again.
func (s *shard) settle(mem *memory, out result, now time.Time) {
	if mem == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, mem.key)
	mem.result, mem.known = out, true
	if mem.wake != nil {
		close(mem.wake)
	}
	if out.status == 200 {
		s.answers.put(mem.key, mem, len(out.body), now)
	}
}
