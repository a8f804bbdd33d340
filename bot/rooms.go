package bot

import (
	"context"
	"hash/maphash"
	"sync"
	"time"
)

// rooms is what the bot remembers between requests, split by room so that busy
// rooms do not wait for each other's lock. All of it is lost on a restart
// without harm: the conversation's state is the server's.
type rooms struct {
	seeds  [2]maphash.Seed
	shards []shard
}

// shard holds some of the rooms.
type shard struct {
	mu      sync.Mutex
	limits  Limits
	seeds   [2]maphash.Seed
	turns   map[string]*turn             // rooms with an event in work
	answers expiring[delivery, answered] // messages in work or answered
	pasts   expiring[string, roomPast]   // where rooms were moved, and by how many robots
	idle    []*turn                      // to use again
	waiting int
}

const (
	manyShards = 64
	// pastTTL is how long a move counts for Stale, and a mute for robots lasts.
	pastTTL = time.Minute
	// maxPasts bounds the rooms of which such things are remembered.
	maxPasts = 1 << 16
)

func newRooms(l Limits) *rooms {
	n := manyShards
	if l.MaxRemembered < 16*manyShards || l.MaxRememberedBytes < maxReply*manyShards {
		n = 1 // so few that an uneven split would be felt
	}
	r := &rooms{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, shards: make([]shard, n)}
	for i := range r.shards {
		s := &r.shards[i]
		s.limits, s.seeds = l, r.seeds
		s.turns = map[string]*turn{}
		s.answers = expiring[delivery, answered]{ttl: l.Remember, max: l.MaxRemembered / n, maxWeight: l.MaxRememberedBytes / n}
		s.pasts = expiring[string, roomPast]{ttl: pastTTL, max: maxPasts / n, maxWeight: 1}
	}
	return r
}

// of returns the shard that a room is in.
func (r *rooms) of(room string) *shard {
	if len(r.shards) == 1 {
		return &r.shards[0]
	}
	return &r.shards[maphash.String(r.seeds[0], room)%uint64(len(r.shards))]
}

func (r *rooms) stats() Stats {
	var total Stats
	for i := range r.shards {
		s := &r.shards[i]
		s.mu.Lock()
		total.Rooms += len(s.turns)
		total.Waiting += s.waiting
		total.Remembered += s.answers.kept
		s.mu.Unlock()
	}
	return total
}

// wait is how long a request may wait for others.
type wait struct {
	ctx      context.Context
	deadline time.Time // zero: as long as ctx lasts
}

func (x *exchange) wait() wait {
	w := wait{ctx: x.r.Context()}
	if limit := x.bot.cfg.Budget; limit > 0 {
		w.deadline = x.started.Add(limit)
	}
	return w
}

// until waits for ready.
func (w wait) until(ready <-chan struct{}) error {
	var expired <-chan time.Time
	if !w.deadline.IsZero() {
		t := time.NewTimer(time.Until(w.deadline))
		defer t.Stop()
		expired = t.C
	}
	select {
	case <-ready:
		return nil
	case <-expired:
		return errBusy
	case <-w.ctx.Done():
		return errHungUp
	}
}
