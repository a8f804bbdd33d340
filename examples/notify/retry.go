package main

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// Retry repeats what failed, after pauses that double and are drawn at random
// between nothing and the whole ("full jitter"), so that many senders that
// failed together do not come back together. The libraries for this repeat
// whatever failed; whether a push may be sent twice is the point here, so these
// few lines ask.
type Retry struct {
	Tries int           // in all; default 5
	First time.Duration // longest first pause; default 250 ms
	Max   time.Duration // longest pause; default 30 s. A service that asks for more is given up
}

// Do calls try until it succeeds, tries are used up, ctx ends, or again says
// that the error is final. wait is how long to pause at least.
func (r Retry) Do(ctx context.Context, try func() error, again func(error) (wait time.Duration, ok bool)) error {
	for n := 0; ; n++ {
		err := try()
		if err == nil {
			return nil
		}
		wait, ok := again(err)
		if !ok || n+1 >= cmp.Or(r.Tries, 5) || wait > r.longest() {
			return err
		}
		if !sleep(ctx, wait+r.pause(n)) {
			return errors.Join(err, ctx.Err())
		}
	}
}

func (r Retry) longest() time.Duration { return cmp.Or(r.Max, 30*time.Second) }

// pause draws the pause after failure n, counted from 0.
func (r Retry) pause(n int) time.Duration {
	return rand.N(min(cmp.Or(r.First, 250*time.Millisecond)<<min(n, 16), r.longest()))
}

// sleep reports whether ctx lasted for d.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
