package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/message"
)

// desk answers people with the help of the ticket system. A ticket is opened as
// soon as its subject is known and completed after that. So the ticket system
// keeps what was said so far, and the bot nothing: it may be restarted, or run
// several times, in the middle of a conversation.
type desk struct{ tickets *Client }

// spare is how much of a handler's time is kept for saying sorry.
const spare = 500 * time.Millisecond

// apologize gives the ticket system a little less time than the handler has, and
// tells people when something went wrong there. The room stays in its state, so
// that they can say the same again.
func apologize(next bot.Handler) bot.Handler {
	return func(ctx context.Context, e event.Event) (bot.Reply, error) {
		if deadline, ok := ctx.Deadline(); ok {
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadline(ctx, deadline.Add(-spare))
			defer cancel()
		}
		r, err := next(ctx, e)
		switch {
		case errors.Is(err, ErrUnavailable):
			slog.Error("tickets: the ticket system fails", "err", err)
			return bot.Say("The ticket system does not answer, please try again."), nil
		case errors.Is(err, ErrNotFound):
			return bot.Say("There is no such ticket. /tickets shows the latest, /ticket opens one."), nil
		case errors.Is(err, ErrRejected):
			return bot.Say("The ticket system does not take that. Please say it in other words, or /cancel."), nil
		}
		return r, err
	}
}

func (d desk) open(ctx context.Context, m *event.Message) (bot.Reply, error) {
	return d.create(ctx, m, m.Command().Rest)
}

func (d desk) subject(ctx context.Context, m *event.Message) (bot.Reply, error) {
	return d.create(ctx, m, m.Text())
}

// create opens the ticket, under the message's ID: a message that is handled
// again after a crash finds its ticket.
func (d desk) create(ctx context.Context, m *event.Message, subject string) (bot.Reply, error) {
	subject = strings.Join(strings.Fields(subject), " ")
	if subject == "" {
		return bot.Say("What is it about, in one sentence?").Go(Subject), nil
	}
	t, err := d.tickets.Create(ctx, m.ID, Ticket{Room: m.RoomID, Reporter: m.Sender.ID, Subject: subject})
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Say(t.ID + " is open. What happened, and since when? Or /cancel.").Go(Details), nil
}

func (d desk) details(ctx context.Context, m *event.Message) (bot.Reply, error) {
	if m.Text() == "" { // a picture, a sticker
		return bot.Say("Please say it in words. Or /cancel."), nil
	}
	_, err := d.complete(ctx, m.RoomID, Ticket{Details: m.Text()})
	return bot.Go(Urgency), err
}

func (d desk) rate(ctx context.Context, m *event.Message) (bot.Reply, error) {
	t, err := d.complete(ctx, m.RoomID, Ticket{Urgency: strings.ToLower(strings.TrimSpace(m.Text()))})
	return bot.Say("Thank you. /status " + t.ID + " tells how it goes.").Go(Idle), err
}

// complete adds to the room's latest ticket, which is the one being talked about.
func (d desk) complete(ctx context.Context, room string, more Ticket) (Ticket, error) {
	latest, err := d.tickets.OfRoom(ctx, room, 1)
	if err != nil {
		return Ticket{}, err
	}
	if len(latest) == 0 {
		return Ticket{}, ErrNotFound
	}
	return d.tickets.Update(ctx, latest[0].ID, more)
}

func (d desk) cancel(context.Context, *event.Message) (bot.Reply, error) {
	return bot.Say("All right, no more questions. /tickets shows what is open.").Go(Idle), nil
}

func (d desk) status(ctx context.Context, m *event.Message) (bot.Reply, error) {
	id := strings.ToUpper(m.Command().Rest)
	if id == "" {
		return bot.Say("Of which ticket? For example: /status T-1"), nil
	}
	t, err := d.tickets.Get(ctx, id)
	switch {
	case err != nil:
		return bot.Reply{}, err
	case t.Room != m.RoomID:
		return bot.Reply{}, ErrNotFound // other rooms' tickets are not this room's business
	}
	return bot.Say(show(t)), nil
}

func (d desk) list(ctx context.Context, m *event.Message) (bot.Reply, error) {
	latest, err := d.tickets.OfRoom(ctx, m.RoomID, 5)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(latest) == 0 {
		return bot.Say("This room has no tickets. /ticket opens one."), nil
	}
	lines := make([]string, len(latest))
	for i, t := range latest {
		lines[i] = show(t)
	}
	return bot.Say(strings.Join(lines, "\n")), nil
}

// show is a ticket in one line. What people wrote is escaped, since clients draw
// texts as Markdown.
func show(t Ticket) string {
	line := fmt.Sprintf("%s (%s): %s", t.ID, message.Escape(t.Status), message.Escape(t.Subject))
	if t.Urgency != "" {
		line += ", urgency " + message.Escape(t.Urgency)
	}
	return line
}
