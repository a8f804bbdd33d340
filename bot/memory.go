package bot

import (
	"hash/maphash"
	"math/bits"
	"net/http"
	"time"

	"github.com/funtekco/webhookbot/event"
)

// delivery tells one message from another by a keyed hash of room, ID and data,
// which a sender cannot aim at and chance does not hit. The same message with
// other data, as after an edit, is another delivery; the envelope does not
// count, so that a resend after the room has moved on is still the same.
type delivery [2]uint64

// memory is the place for the answer to one delivery.
type memory = entry[delivery, answered]

type answered struct {
	known  bool // result is there
	result result
	wake   chan struct{} // closed when it is there; made by who waits
}

func (s *shard) deliveryOf(m *event.Message) delivery {
	place := bits.RotateLeft64(maphash.String(s.seeds[0], m.RoomID), 1) ^ maphash.String(s.seeds[1], m.ID)
	return delivery{place, maphash.String(s.seeds[0], m.Data())}
}

// remember returns the place for the answer to e, and whether e is delivered
// for the first time. Events without an ID are never the same twice, because
// two real joins are equal byte for byte.
func (s *shard) remember(e event.Event, now time.Time) (mem *memory, first bool) {
	m, ok := e.(*event.Message)
	if !ok || m.ID == "" || s.limits.Remember < 0 {
		return nil, true
	}
	d := s.deliveryOf(m)
	s.mu.Lock()
	defer s.mu.Unlock()
	if mem = s.answers.get(d, now); mem != nil {
		return mem, false
	}
	return s.answers.add(d), true
}

// recall returns the answer of the first delivery, once it is there.
func (s *shard) recall(w wait, mem *memory) (result, error) {
	s.mu.Lock()
	a := &mem.value
	if a.known {
		defer s.mu.Unlock()
		return a.result, nil
	}
	if a.wake == nil {
		a.wake = make(chan struct{})
	}
	s.mu.Unlock()
	if err := w.until(a.wake); err != nil {
		return result{}, err
	}
	return a.result, nil
}

// settle gives the answer to the copies that wait for it, and keeps it for
// later ones unless it is a failure: a failed message may be tried again.
func (s *shard) settle(mem *memory, out result, now time.Time) {
	if mem == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := &mem.value
	a.result, a.known = out, true
	if a.wake != nil {
		close(a.wake)
	}
	if out.status == http.StatusOK {
		s.answers.keep(mem, len(out.body), now)
	} else {
		s.answers.drop(mem)
	}
}
