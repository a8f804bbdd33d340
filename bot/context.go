package bot

import (
	"context"

	"github.com/funtekco/webhookbot/event"
)

// Stale reports whether the event's botState is one the bot has moved the room
// out of within the last half minute: the person wrote, or the server sent,
// before the room had the new state. The handler runs all the same and decides
// what that means: an answer without a move names the event's state, as always,
// and so takes the room back there. To leave the room alone, return the zero
// Reply; to answer, move to the state the room should be in.
func Stale(ctx context.Context) bool {
	c, ok := ctx.Value(turnKey{}).(*turnContext)
	return ok && c.exchange.stale
}

// Param returns what the named group of the handler's [Group.OnPattern]
// expression matched; empty for any other handler and for groups that matched
// nothing.
func Param(ctx context.Context, name string) string {
	c, ok := ctx.Value(turnKey{}).(*turnContext)
	if !ok || c.exchange.route.match.re == nil {
		return ""
	}
	re := c.exchange.route.match.re
	m, ok := c.exchange.event.(*event.Message)
	i := re.SubexpIndex(name)
	if !ok || i < 0 {
		return ""
	}
	groups := re.FindStringSubmatch(m.Text())
	if groups == nil {
		return ""
	}
	return groups[i]
}

// RouteOf returns the route whose handler the context was made for, nil outside
// of handlers and middleware.
func RouteOf(ctx context.Context) *Route {
	if c, ok := ctx.Value(turnKey{}).(*turnContext); ok {
		return c.exchange.route
	}
	return nil
}
