package chatapi

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pace decides when the next request may go: within the rate, and not in a pause
// that the server asked for.
type pace struct {
	limiter *rate.Limiter

	mu    sync.Mutex
	until time.Time // end of the pause
}

func newPace(perSecond int) *pace {
	return &pace{limiter: rate.NewLimiter(rate.Limit(perSecond), perSecond)}
}

// pause holds every call back for d.
func (p *pace) pause(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := time.Now().Add(d); until.After(p.until) {
		p.until = until
	}
}

func (p *pace) paused() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Until(p.until)
}

// wait returns when a request may go. A pause that begins while a call waits for
// its turn sends it back to the queue, so that the calls leave the pause at the
// rate and not all at once.
func (p *pace) wait(ctx context.Context, left *time.Duration) error {
	for {
		if err := sleep(ctx, p.paused(), left); err != nil {
			return err
		}
		turn := p.limiter.Reserve()
		if err := sleep(ctx, turn.Delay(), left); err != nil {
			turn.Cancel()
			return err
		}
		if p.paused() <= 0 {
			return nil
		}
	}
}

// sleep waits for d and takes it from left. What would overrun left or the
// context's deadline fails at once: waiting in vain helps nobody.
func sleep(ctx context.Context, d time.Duration, left *time.Duration) error {
	if err := ctx.Err(); err != nil || d <= 0 {
		return err
	}
	if deadline, ok := ctx.Deadline(); d > *left || ok && time.Until(deadline) < d {
		return ErrBusy
	}
	*left -= d
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The wait before another try is drawn from the whole range between these, whose
// upper end doubles up to maxBackoff: 2, 4, 8 s. Drawing it keeps clients that
// failed together from coming back together.
const (
	minBackoff = 250 * time.Millisecond
	maxBackoff = 8 * time.Second
)

// backoff returns the wait after the given try, counted from 1.
func backoff(try int) time.Duration {
	top := maxBackoff
	if try < 3 {
		top >>= 3 - try
	}
	return minBackoff + rand.N(top-minBackoff)
}
