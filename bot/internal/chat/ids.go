package chat

import (
	"fmt"
	"hash/fnv"
	"sync/atomic"
	"time"
)

// ObjectIDs returns a source of message IDs: 24 hexadecimal digits of time, seed
// and a counter, as MongoDB makes them. Equal seeds and clocks give equal IDs; no
// source repeats itself. It is safe for concurrent use.
func ObjectIDs(seed string) func(time.Time) string {
	h := fnv.New64a()
	h.Write([]byte(seed))
	machine := h.Sum64() & (1<<40 - 1)
	var n atomic.Uint32
	return func(t time.Time) string {
		return fmt.Sprintf("%08x%010x%06x", uint32(t.Unix()), machine, n.Add(1)&(1<<24-1))
	}
}

// Ticking returns a clock that shows start first and a step more at each look.
// It is safe for concurrent use.
func Ticking(start time.Time, step time.Duration) func() time.Time {
	var n atomic.Int64
	return func() time.Time { return start.Add(step * time.Duration(n.Add(1)-1)) }
}
