package chatapi

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// do makes the call, again when a try surely did nothing, and returns the ID of
// what the server answered with.
func (c *Client) do(ctx context.Context, call request) (string, error) {
	left := c.limits.Budget
	if err := c.pace.wait(ctx, &left); err != nil {
		return "", fmt.Errorf("chatapi: %s: %w", call.op, err)
	}
	for try := 1; ; try++ {
		id, failed := c.try(ctx, call)
		if failed == nil {
			return id, nil
		}
		failed.Tries = try
		if failed.askedFor {
			c.pace.pause(min(failed.RetryAfter, c.limits.Budget))
		}
		if !failed.again || try >= c.limits.Tries {
			return "", failed
		}
		if err := c.waitAfter(ctx, failed, &left); err != nil {
			return "", fmt.Errorf("%w (not tried again: %w)", failed, err)
		}
	}
}

// waitAfter waits until the call may be tried again.
func (c *Client) waitAfter(ctx context.Context, failed *Error, left *time.Duration) error {
	wait := max(backoff(failed.Tries), failed.RetryAfter)
	if err := sleep(ctx, wait, left); err != nil {
		return err
	}
	c.log.LogAttrs(ctx, slog.LevelWarn, "chatapi: trying again",
		slog.String("op", failed.Op),
		slog.Int("try", failed.Tries),
		slog.Duration("after", wait),
		slog.String("err", failed.Error()))
	return c.pace.wait(ctx, left)
}
