package bot

import (
	"context"

	"github.com/funtekco/webhookbot/event"
)

// Handler answers any event. The context ends at the request's deadline or when
// the sender hangs up. An error is logged and answered with 500 and the no-op
// envelope, which leaves the room as it is.
type Handler func(ctx context.Context, e event.Event) (Reply, error)

// The handlers of one kind of event. Each behaves as [Handler] says.
type (
	MessageHandler       func(ctx context.Context, m *event.Message) (Reply, error)
	JoinRoomHandler      func(ctx context.Context, e *event.JoinRoom) (Reply, error)
	AddMembersHandler    func(ctx context.Context, e *event.AddMembers) (Reply, error)
	DeleteMembersHandler func(ctx context.Context, e *event.DeleteMembers) (Reply, error)
	UnknownHandler       func(ctx context.Context, e *event.Unknown) (Reply, error)
)

// Middleware wraps a handler, to act before or after it or instead of it. It
// sees the reply as it will be sent, with the transition checked and the prompt
// filled in, and the error of a move that the machine refused.
type Middleware func(next Handler) Handler

// typed turns a handler of one event type into one of any: only the router
// calls it, and only with that type.
func typed[E event.Event](h func(context.Context, E) (Reply, error)) Handler {
	return func(ctx context.Context, e event.Event) (Reply, error) { return h(ctx, e.(E)) }
}

// chain wraps h so that the first middleware is the outermost.
func chain(mw []Middleware, h Handler) Handler {
	for i := len(mw) - 1; i >= 0; i-- {
		h = mw[i](h)
	}
	return h
}
