package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
)

// What Add fails with.
var (
	ErrFull   = errors.New("notify: too many pushes are waiting")
	ErrClosed = errors.New("notify: the queue is closed")
)

// Queue sends pushes in the background. It holds a fixed number of them, so that
// a push service that hangs costs pushes and not the bot's memory.
type Queue struct {
	send    func(context.Context, Push) error
	ctx     context.Context // of the sends
	cancel  context.CancelFunc
	workers sync.WaitGroup
	lost    atomic.Int64 // not sent when time was up

	mu     sync.Mutex // held while work grows or closes
	work   chan Push
	closed bool
}

// NewQueue starts workers that call send for what is added. At most size pushes
// wait.
func NewQueue(send func(context.Context, Push) error, workers, size int) *Queue {
	q := &Queue{send: send, work: make(chan Push, size)}
	q.ctx, q.cancel = context.WithCancel(context.Background())
	for range workers {
		q.workers.Go(q.run)
	}
	return q
}

// Add queues all of the pushes or, when they do not fit, none. It never waits.
func (q *Queue) Add(pushes ...Push) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		return ErrClosed
	case len(q.work)+len(pushes) > cap(q.work):
		return ErrFull
	}
	for _, p := range pushes {
		q.work <- p
	}
	return nil
}

func (q *Queue) run() {
	for p := range q.work {
		err := q.ctx.Err()
		if err == nil {
			err = q.send(q.ctx, p)
		}
		if err != nil {
			slog.Error("notify: push not sent", "id", p.Data.ID, "err", err)
		}
		if err != nil && q.ctx.Err() != nil {
			q.lost.Add(1)
		}
	}
}

// Drain sends what waits and ends the workers. When ctx ends first, it gives up
// what is left and says how much that was.
func (q *Queue) Drain(ctx context.Context) error {
	q.mu.Lock()
	if !q.closed {
		q.closed = true
		close(q.work)
	}
	q.mu.Unlock()
	stop := context.AfterFunc(ctx, q.cancel)
	defer stop()
	q.workers.Wait()
	q.cancel()
	if n := q.lost.Load(); n > 0 {
		return fmt.Errorf("notify: %d pushes were not sent in time", n)
	}
	return nil
}
