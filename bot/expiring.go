package bot

import "time"

// expiring is a map of which entries go when they are older than ttl, and oldest
// first when there are more than max of them or they weigh more than maxWeight.
// It is not safe for concurrent use.
type expiring[K comparable, V any] struct {
	ttl            time.Duration
	max, maxWeight int

	entries        map[K]*entry[K, V]
	oldest, newest *entry[K, V] // the line of those that can go
	kept, weight   int          // how many are in line, and their weight
}

type entry[K comparable, V any] struct {
	key    K
	value  V
	at     time.Time
	weight int
	lined  bool
	next   *entry[K, V]
}

// get returns the entry of a key, nil when there is none or it is expired.
func (m *expiring[K, V]) get(key K, now time.Time) *entry[K, V] {
	e := m.entries[key]
	if e == nil || e.lined && now.Sub(e.at) > m.ttl {
		return nil
	}
	return e
}

// add makes an entry for a key. It stays until it was kept and its time has
// come, or it is dropped.
func (m *expiring[K, V]) add(key K) *entry[K, V] {
	if m.entries == nil {
		m.entries = map[K]*entry[K, V]{}
	}
	e := &entry[K, V]{key: key}
	m.entries[key] = e
	return e
}

// keep starts an entry's time. An entry that is kept already keeps its place in
// line, so that a busy key cannot push out the others.
func (m *expiring[K, V]) keep(e *entry[K, V], weight int, now time.Time) {
	m.weight += weight - e.weight
	e.weight, e.at = weight, now
	if !e.lined {
		e.lined = true
		m.kept++
		if m.newest == nil {
			m.oldest = e
		} else {
			m.newest.next = e
		}
		m.newest = e
	}
	m.shrink(now)
}

// drop removes an entry that was not kept.
func (m *expiring[K, V]) drop(e *entry[K, V]) {
	if m.entries[e.key] == e { // and not one that came after it
		delete(m.entries, e.key)
	}
}

// shrink drops from the old end what is expired or too much.
func (m *expiring[K, V]) shrink(now time.Time) {
	for e := m.oldest; e != nil; e = m.oldest {
		if m.kept <= m.max && m.weight <= m.maxWeight && now.Sub(e.at) <= m.ttl {
			return
		}
		m.drop(e)
		m.kept--
		m.weight -= e.weight
		if m.oldest = e.next; m.oldest == nil {
			m.newest = nil
		}
	}
}
