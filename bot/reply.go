package bot

import (
	"fmt"
	"slices"

	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json/jsontext"
)

// Reply is what a handler answers with; the fields are named after the
// protocol's. The zero Reply does nothing.
//
//	the handler returned   senderID                            toBotState                      data
//	nothing                absent                              null                            null
//	a message              own ID                              the request's; null if empty    the message
//	a move                 own ID if the state prompts, else - the new state                   the prompt, else null
//	both                   own ID                              the new state                   the message
type Reply struct {
	SenderID   string           // who speaks; empty means Config.SenderID
	ToBotState fsm.State        // where the room moves; empty means it stays
	Message    *message.Message // what is said; nil means nothing
}

// Say answers with a text. An empty text is an error when it is sent.
func Say(text string) Reply { return Reply{Message: message.Text(text)} }

// Send answers with any message.
func Send(m *message.Message) Reply { return Reply{Message: m} }

// Go moves the room without saying anything, except the state's prompt.
func Go(s fsm.State) Reply { return Reply{ToBotState: s} }

// Go returns the reply with a move to s.
func (r Reply) Go(s fsm.State) Reply { r.ToBotState = s; return r }

// As returns the reply with id as its sender, which must be one of
// Config.Senders.
func (r Reply) As(id string) Reply { r.SenderID = id; return r }

// noop is the answer that does nothing, which every failure carries too.
var noop = []byte(`{"toBotState":null,"data":null}`)

// encode is the only encoder of answers: it turns a reply into the bytes that
// go out. keep is the room's state, empty when it has none.
func (c *Config) encode(keep string, r Reply) ([]byte, error) {
	to, sender, size := string(r.ToBotState), "", 64
	if r.Message != nil {
		if err := c.checkMessage(&r); err != nil {
			return nil, err
		}
		sender, size = r.SenderID, 128+len(r.Message.Text)
		if to == "" {
			// Naming the current state is how the spec keeps it; null is not said to.
			to = keep
		}
	}
	if r.Message == nil && to == "" {
		return noop, nil
	}
	body, err := appendAnswer(make([]byte, 0, size), sender, to, r.Message)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrReply, err)
	case len(body) > maxReply:
		return nil, fmt.Errorf("%w: larger than 64 KiB", ErrReply)
	}
	return body, nil
}

// appendAnswer writes the response envelope, its members in the spec's order.
func appendAnswer(dst []byte, sender, to string, m *message.Message) (_ []byte, err error) {
	dst = append(dst, '{')
	if sender != "" {
		if dst, err = jsontext.AppendQuote(append(dst, `"senderID":`...), sender); err != nil {
			return nil, err
		}
		dst = append(dst, ',')
	}
	dst = append(dst, `"toBotState":`...)
	if to == "" {
		dst = append(dst, "null"...)
	} else if dst, err = jsontext.AppendQuote(dst, to); err != nil {
		return nil, err
	}
	dst = append(dst, `,"data":`...)
	if m == nil {
		dst = append(dst, "null"...)
	} else if dst, err = m.AppendJSON(dst); err != nil {
		return nil, err
	}
	return append(dst, '}'), nil
}

// checkMessage fills in the sender and refuses what a client could not show.
func (c *Config) checkMessage(r *Reply) error {
	if r.SenderID == "" {
		r.SenderID = c.SenderID
	}
	switch {
	case r.SenderID == "":
		return fmt.Errorf("%w: a message needs a sender: set Config.SenderID", ErrReply)
	case r.SenderID != c.SenderID && !slices.Contains(c.Senders, r.SenderID):
		return fmt.Errorf("%w: its sender is not in Config.Senders", ErrReply)
	}
	if err := r.Message.Validate(); err != nil {
		return fmt.Errorf("%w: %w", ErrReply, err)
	}
	return nil
}
