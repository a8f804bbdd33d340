// Autoreply answers from a file of rules, other in opening hours than out of
// them, and follows the file when it changes.
package main

import (
	"context"
	"log"
	"os"
	"strings"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/message"
)

// shop is what the handlers need. The clock is a field so that a test can say
// what time it is.
type shop struct {
	rules *File
	now   func() time.Time
}

func newBot(verify bot.Verifier, s shop) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "autoreply", Verify: verify})
	b.OnJoinRoom(s.welcome)
	b.OnCommand("hours", s.hours)
	b.OnMessage(s.answer)
	return b
}

func (s shop) welcome(_ context.Context, e *event.JoinRoom) (bot.Reply, error) {
	at, rules := s.look()
	return rules.say(rules.Welcome, e.Sender, at), nil
}

func (s shop) answer(_ context.Context, m *event.Message) (bot.Reply, error) {
	at, rules := s.look()
	return rules.say(rules.find(m.Text()), m.Sender, at), nil
}

func (s shop) hours(_ context.Context, m *event.Message) (bot.Reply, error) {
	at, rules := s.look()
	return rules.say(Answer{Open: "We are open.", Closed: "We are closed. We open {opens}."}, m.Sender, at), nil
}

// look returns the time and the rules, once for each event, so that an answer
// never mixes two versions of the file.
func (s shop) look() (time.Time, *Rules) {
	now := s.now()
	rules := s.rules.Rules(now)
	return now.In(rules.Timezone.Location), rules
}

// say is the answer as it goes out: the text for the hour with its places filled
// in, or nothing when there is no text for it.
func (r *Rules) say(a Answer, to event.User, at time.Time) bot.Reply {
	text := a.Open
	if a.Closed != "" && !r.Hours.open(at) {
		text = a.Closed
	}
	if text == "" {
		return bot.Reply{}
	}
	// People choose their nicknames, and the web client draws texts as HTML.
	name := message.Escape(to.String())
	return bot.Say(strings.NewReplacer("{name}", name, "{opens}", r.Hours.opens(at)).Replace(text))
}

func main() {
	rules, err := Open(os.Getenv("AUTOREPLY_RULES"))
	if err != nil {
		log.Fatal(err)
	}
	s := shop{rules, time.Now}
	app.App{New: func(verify bot.Verifier) *bot.Bot { return newBot(verify, s) }}.Main()
}
