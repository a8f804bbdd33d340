package main

import (
	"hash/maphash"
	"sync"
	"time"
)

// Watch remembers how much each user has written and done wrong lately. Its size
// is fixed: a user has a place by a hash of room and ID, and takes over whatever
// stands there. At worst somebody's count starts anew, and nobody can aim for
// that, because the hash differs from process to process.
type Watch struct {
	seed   maphash.Seed
	mu     sync.Mutex
	places [1 << 13]place
}

type place struct {
	who     uint64
	level   float64 // of the bucket that messages fill and time drains
	wrote   time.Time
	strikes int
	struck  time.Time
}

// NewWatch returns a Watch that has seen nobody.
func NewWatch() *Watch { return &Watch{seed: maphash.MakeSeed()} }

func (w *Watch) place(room, user string) *place {
	who := maphash.Comparable(w.seed, [2]string{room, user})
	p := &w.places[who%uint64(len(w.places))]
	if p.who != who {
		*p = place{who: who}
	}
	return p
}

// Flood counts a message and reports whether it is one too many: more than burst
// in a row, where every pause lets one more through.
func (w *Watch) Flood(room, user string, burst int, pause time.Duration, now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.place(room, user)
	p.level = max(0, p.level-float64(now.Sub(p.wrote))/float64(pause))
	p.wrote = now
	if p.level+1 > float64(burst) {
		return true
	}
	p.level++
	return false
}

// forgiven is how long after the last offence all of them are forgotten.
const forgiven = time.Hour

// Strike counts an offence and returns which one it is.
func (w *Watch) Strike(room, user string, now time.Time) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.place(room, user)
	if now.Sub(p.struck) > forgiven {
		p.strikes = 0
	}
	p.strikes++
	p.struck = now
	return p.strikes
}
