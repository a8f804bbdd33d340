package bot

import "slices"

// turn is a room with an event in work; the events waiting are in line in the
// order they came. It is there only while the room is busy.
type turn struct{ line []chan struct{} }

// enter waits until no other event of the room is in work.
func (s *shard) enter(w wait, room string) error {
	if s.limits.MaxWaiting < 0 {
		return nil
	}
	s.mu.Lock()
	t := s.turns[room]
	if t == nil {
		s.turns[room] = s.freshTurn()
		s.mu.Unlock()
		return nil
	}
	if len(t.line) >= s.limits.MaxWaiting {
		s.mu.Unlock()
		return errBusy
	}
	mine := make(chan struct{})
	t.line = append(t.line, mine)
	s.waiting++
	s.mu.Unlock()
	err := w.until(mine)
	if err != nil {
		s.quit(room, mine)
	}
	return err
}

// leave gives the room to the next in line.
func (s *shard) leave(room string) {
	if s.limits.MaxWaiting < 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.turns[room]
	if len(t.line) == 0 {
		delete(s.turns, room)
		s.idle = append(s.idle, t)
		return
	}
	close(t.line[0])
	t.line = slices.Delete(t.line, 0, 1)
	s.waiting--
}

// quit takes a request out of the line. If its turn came in that very moment,
// the turn goes on to the next.
func (s *shard) quit(room string, mine chan struct{}) {
	s.mu.Lock()
	t := s.turns[room]
	i := -1
	if t != nil {
		i = slices.Index(t.line, mine)
	}
	if i >= 0 {
		t.line = slices.Delete(t.line, i, i+1)
		s.waiting--
		s.mu.Unlock()
		return
	}
	s.mu.Unlock()
	s.leave(room)
}

// freshTurn reuses a turn that a room has no more use for; s.mu is held.
func (s *shard) freshTurn() *turn {
	if n := len(s.idle); n > 0 {
		t := s.idle[n-1]
		s.idle = s.idle[:n-1]
		return t
	}
	return &turn{}
}
