package bot

import (
	"context"
	"fmt"
	"slices"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// settle turns what a handler returned into what will be sent: the move
// checked, the hooks run, the prompt filled in.
func (b *Bot) settle(ctx context.Context, e event.Event, route *Route, r Reply) (Reply, error) {
	if r.ToBotState == "" {
		return r, nil
	}
	from, _ := b.resolve(e.Head().BotState)
	to := r.ToBotState
	if err := b.move(ctx, e, route, from, to); err != nil {
		return Reply{}, err
	}
	if from == to {
		noteAllowed(ctx, to)
		return r, nil
	}
	rules := b.compiled().rules
	if err := runHooks(ctx, e, &r, rules[from].leaving()); err != nil {
		return Reply{}, err
	}
	if err := runHooks(ctx, e, &r, rules[to].entering()); err != nil {
		return Reply{}, err
	}
	if r.ToBotState != to {
		return Reply{}, fmt.Errorf("%w: a hook changed where the room moves", ErrReply)
	}
	if p := rules[to]; r.Message == nil && p != nil && p.prompt != nil {
		m := *p.prompt // a copy, since a middleware may change it
		r.Message = &m
	}
	noteAllowed(ctx, to)
	return r, nil
}

// noteAllowed keeps the move that passed, so that the same move is not made
// twice and any other that a middleware comes up with is checked too.
func noteAllowed(ctx context.Context, to fsm.State) {
	if c, ok := ctx.Value(turnKey{}).(*turnContext); ok {
		c.exchange.settled = to
	}
}

// move asks the route and the machine whether the room may go there.
func (b *Bot) move(ctx context.Context, e event.Event, route *Route, from, to fsm.State) error {
	if route != nil && len(route.targets) > 0 && from != to && !slices.Contains(route.targets, to) {
		return fmt.Errorf("%w: %q moves to %q, which Route.To does not name", ErrReply, route, to)
	}
	if b.cfg.Machine == nil {
		return nil
	}
	if _, err := b.cfg.Machine.Move(ctx, from, to, e); err != nil {
		return fmt.Errorf("%w: %w", ErrReply, err)
	}
	return nil
}

func runHooks(ctx context.Context, e event.Event, r *Reply, hooks []Hook) error {
	for _, h := range hooks {
		if err := h(ctx, e, r); err != nil {
			return err
		}
	}
	return nil
}

func (s *stateRules) leaving() []Hook {
	if s == nil {
		return nil
	}
	return s.leave
}

func (s *stateRules) entering() []Hook {
	if s == nil {
		return nil
	}
	return s.enter
}
