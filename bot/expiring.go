package bot

import "time"

// expiring is a map whose entries go when they are older than ttl, and oldest
// first when there are more than max of them or they weigh more than maxWeight.
// It is not safe for concurrent use.
type expiring[K comparable, V any] struct {
	ttl            time.Duration
	max, maxWeight int

	entries        map[K]*entry[K, V]
	oldest, newest *entry[K, V]
	weight         int
}

type entry[K comparable, V any] struct {
	key    K
	value  V
	at     time.Time
	weight int
	next   *entry[K, V]
}

// get returns the value kept under key and not expired.
func (m *expiring[K, V]) get(key K, now time.Time) (value V, ok bool) {
	e := m.entries[key]
	if e == nil || now.Sub(e.at) > m.ttl {
		return value, false
	}
	return e.value, true
}

// put keeps value under key. An entry that is there already keeps its place in
// line, so that a busy key cannot push out the others.
func (m *expiring[K, V]) put(key K, value V, weight int, now time.Time) {
	e := m.entries[key]
	if e == nil {
		e = &entry[K, V]{key: key}
		if m.entries == nil {
			m.entries = map[K]*entry[K, V]{}
		}
		m.entries[key] = e
		m.append(e)
	}
	m.weight += weight - e.weight
	e.value, e.weight, e.at = value, weight, now
	m.shrink(now)
}

func (m *expiring[K, V]) append(e *entry[K, V]) {
	if m.newest == nil {
		m.oldest = e
	} else {
		m.newest.next = e
	}
	m.newest = e
}

// shrink drops from the old end what is expired or too much.
func (m *expiring[K, V]) shrink(now time.Time) {
	for e := m.oldest; e != nil; e = m.oldest {
		if len(m.entries) <= m.max && m.weight <= m.maxWeight && now.Sub(e.at) <= m.ttl {
			return
		}
		delete(m.entries, e.key)
		m.weight -= e.weight
		if m.oldest = e.next; m.oldest == nil {
			m.newest = nil
		}
	}
}
