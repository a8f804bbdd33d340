package bot

import (
	"context"
	"sync"
	"sync/atomic"
)

// gate counts requests and handlers: it bounds the handlers and knows when the
// last request has gone.
type gate struct {
	limit   int64
	running atomic.Int64 // handlers that have not returned
	overdue atomic.Int64 // of these, overran their budget
	present atomic.Int64 // requests and goroutines inside
	closed  atomic.Bool
	once    sync.Once
	empty   chan struct{}
}

// arrive counts a request in, unless the gate is closed.
func (g *gate) arrive() bool {
	g.stay()
	if g.closed.Load() {
		g.depart()
		return false
	}
	return true
}

// stay counts work of a request that is inside already.
func (g *gate) stay() { g.present.Add(1) }

// depart counts a request or its work out.
func (g *gate) depart() {
	if g.present.Add(-1) == 0 && g.closed.Load() {
		g.once.Do(func() { close(g.empty) })
	}
}

// enter takes a handler's slot.
func (g *gate) enter() error {
	if g.running.Add(1) > g.limit {
		g.leave()
		return errBusy
	}
	return nil
}

// leave gives a slot back.
func (g *gate) leave() { g.running.Add(-1) }

// close lets nobody in any more and waits until all are out.
func (g *gate) close(ctx context.Context) error {
	g.closed.Store(true)
	if g.present.Load() == 0 {
		g.once.Do(func() { close(g.empty) })
	}
	select {
	case <-g.empty:
		return nil
	default:
	}
	select {
	case <-g.empty:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
