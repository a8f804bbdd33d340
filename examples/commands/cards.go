package main

import (
	"fmt"

	"github.com/funtekco/webhookbot/message"
)

// cards shows each room on a card of a carousel. Its button sends the command
// that a person would type.
func cards(rooms []Room) *message.Message {
	var all []message.Column
	for _, r := range rooms {
		card := message.Column{Title: r.Name}
		switch {
		case r.Closed != "":
			card.Text = "Closed: " + r.Closed
		case len(r.Free) == 0:
			card.Text = "No hour is free today."
		default:
			card.Text = fmt.Sprintf("%d hours are free today.", len(r.Free))
			card.Actions = []message.Action{message.TextAction("Book", fmt.Sprintf("/book %q", r.Name))}
		}
		all = append(all, card)
	}
	return message.Carousel(all...)
}

// hours asks for an hour with quick replies: buttons above the input, which go
// away when one is pressed.
func hours(r Room) *message.Message {
	if len(r.Free) == 0 {
		return message.Text(r.Name + " has no free hour today.")
	}
	var all []message.Action
	for _, h := range r.Free {
		all = append(all, message.TextAction(fmt.Sprintf("%d:00", h), fmt.Sprintf("/book %q %d", r.Name, h)))
	}
	return message.QuickReplies("When do you need "+r.Name+"?", all...)
}
