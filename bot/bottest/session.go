package bottest

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/event"
)

// session is one conversation with one bot: it plays turns and keeps what came
// of them.
type session struct {
	client  *client
	subject *subject
	room    *chat.Room
	talk    *talk.Talk // what was played, with what was observed
	turns   []*exchange
	usual   string // who speaks in plain "<" lines

	echo      bool       // tell the bot of its own replies
	redeliver bool       // send every message twice
	effects   func() int // counted around a redelivery

	seen *seen // what coverage knows of the bot
}

// exchange is one request and its answer.
type exchange struct {
	turn     *talk.Turn // as it was asked for
	played   *talk.Turn // with what was observed
	request  []byte
	response response
	observed talk.Observed
	broken   []chat.Violation
	step     step // for coverage
}

// newSession opens a room for a conversation as its first line describes it.
func newSession(s *subject, cl *client, c *config, t *talk.Talk) *session {
	return &session{
		client: cl, subject: s, usual: s.senderID(), effects: c.effects,
		room: chat.NewRoom(chat.Config{ID: t.Room, BotState: t.State, BotMode: true, Now: c.clock(), NewID: c.ids(t.Room)}),
		talk: &talk.Talk{Room: t.Room, State: t.State, Cast: t.Cast},
	}
}

// play takes one turn. It returns nil for a turn without a request.
func (s *session) play(turn *talk.Turn) (*exchange, error) {
	x := &exchange{turn: turn}
	x.observed.Before = s.room.BotState()
	e, quirks, err := s.talk.Act(s.room, turn)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", turn.Verb, err)
	}
	if e == nil {
		s.talk.Turns = append(s.talk.Turns, turn)
		return nil, nil
	}
	x.request = s.room.Request(*e, quirks...)
	stored := s.post(x)
	if s.redeliver && e.Kind == event.KindMessage {
		s.again(x)
	}
	if s.echo && stored != nil {
		s.hearItself(x, *stored)
	}
	if s.usual == "" {
		s.usual = x.observed.Sender
	}
	x.played, _ = (&talk.Turn{Line: turn.Line, Who: turn.Who, Verb: turn.Verb, Whom: turn.Whom, Say: turn.Say,
		Kind: turn.Kind, Data: turn.Data, With: turn.With}).Observe(x.observed, s.usual)
	s.talk.Turns = append(s.talk.Turns, x.played)
	s.turns = append(s.turns, x)
	coverage.see(s, x)
	return x, nil
}

// post sends the request and lets the answer take effect.
func (s *session) post(x *exchange) *chat.Message {
	x.response = s.client.post(x.request)
	answer, broken := x.response.read()
	x.broken = broken
	// A room that another bot left in a state of its own may be kept there.
	if to := answer.ToBotState; to != nil && *to != x.observed.Before && !s.subject.declares(*to) {
		x.say("undeclared-state", "toBotState is no state of the machine")
	}
	stored := s.room.Apply(answer)
	x.observed.Sender, x.observed.Message, x.observed.After = answer.SenderID, answer.Data, s.room.BotState()
	return stored
}

func (x *exchange) say(code, format string, args ...any) {
	x.broken = append(x.broken, chat.Violation{Code: code, Text: fmt.Sprintf(format, args...)})
}

// again resends the same bytes, as a server does that missed the answer.
func (s *session) again(x *exchange) {
	before := s.count()
	second := s.client.post(x.request)
	switch {
	case second.failed != "":
		x.say("redelivered", "sent again, the bot does not answer: %s", second.failed)
	case second.Status != x.response.Status || !bytes.Equal(second.Body, x.response.Body):
		x.say("redelivered", "sent again, the bot answers something else: %d %s", second.Status, second.Body)
	case s.count() != before:
		x.say("redelivered", "sent again, the bot acts again: the effects went from %d to %d", before, s.count())
	}
}

func (s *session) count() int {
	if s.effects == nil {
		return 0
	}
	return s.effects()
}

// hearItself tells the bot of its own reply. The vendor's documents do not say
// that a bot's account is marked as a robot, and accounts made through the API
// are not: so the echo is not either.
func (s *session) hearItself(x *exchange, reply chat.Message) {
	own := reply.Sender
	own.IsRobot = false
	room := s.room.Fork(s.room.ID())
	e, err := room.Post(own, x.observed.Message)
	if err != nil {
		x.say("loop", "the reply cannot be told to the bot: %v", err)
		return
	}
	res := s.client.post(room.Request(e))
	answer, _ := res.read()
	if res.Status != http.StatusOK || answer.Data != nil || answer.ToBotState != nil && *answer.ToBotState != room.BotState() {
		x.say("loop", "the bot answers its own message: %d %s", res.Status, res.Body)
	}
}
