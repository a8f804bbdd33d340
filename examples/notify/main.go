// Notify sends push notifications: who is mentioned, added or called gets one,
// by way of a push service that is called after the chat server has its answer.
package main

import (
	"context"
	"errors"
	"log"
	"os"
	"slices"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
)

// notifier turns events into pushes. It only queues them: sending takes longer
// than the chat server should wait for an answer.
type notifier struct {
	queue func(...Push) error
}

func newBot(verify bot.Verifier, n notifier) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "notify", Verify: verify})
	b.OnJoinRoom(n.joined)
	b.OnAddMembers(n.added)
	b.OnCommand("page", n.page).Help("send a push to everybody in the room: /page lunch is here")
	b.OnCommand("help", func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say(b.Help(m.BotState)), nil
	}).Help("show this list")
	b.OnCondition("mentions somebody", mentions, n.mentioned)
	return b
}

// mentions leaves out edited messages: their mentions were sent the first time.
func mentions(m *event.Message) bool { return len(m.Mentions) > 0 && m.EditedAt == "" }

// maxMentions is how many people one message can send a push to.
const maxMentions = 20

func (n notifier) joined(_ context.Context, e *event.JoinRoom) (bot.Reply, error) {
	return bot.Reply{}, n.queue(newPush(e, "", roomTopic(e.RoomID), e.Sender.String()+" came in"))
}

func (n notifier) added(_ context.Context, e *event.AddMembers) (bot.Reply, error) {
	var pushes []Push
	for _, u := range e.Members {
		if !u.IsRobot {
			pushes = append(pushes, newPush(e, "", userTopic(u.ID), e.Sender.String()+" added you"))
		}
	}
	return bot.Reply{}, n.queue(pushes...)
}

func (n notifier) mentioned(_ context.Context, m *event.Message) (bot.Reply, error) {
	var pushes []Push
	for _, id := range slices.Compact(slices.Sorted(slices.Values(m.Mentions))) {
		if id != m.Sender.ID && len(pushes) < maxMentions {
			pushes = append(pushes, newPush(m, m.ID, userTopic(id), m.Sender.String()+": "+m.Text()))
		}
	}
	return bot.Reply{}, n.queue(pushes...)
}

func (n notifier) page(_ context.Context, m *event.Message) (bot.Reply, error) {
	text := m.Command().Rest
	if text == "" {
		return bot.Say("What shall the push say? For example: /page lunch is here"), nil
	}
	err := n.queue(newPush(m, m.ID, roomTopic(m.RoomID), m.Sender.String()+": "+text))
	if errors.Is(err, ErrFull) {
		return bot.Say("Too many pushes are waiting. Please try again in a minute."), nil
	}
	return bot.Say("Everybody here gets a push."), err
}

// sender returns what the environment says to send with.
func sender() (func(context.Context, Push) error, error) {
	address := os.Getenv("PUSH_URL")
	if address == "" {
		return Print(os.Stdout), nil
	}
	s, err := NewService(address, os.Getenv("PUSH_TOKEN"))
	if err != nil {
		return nil, err
	}
	s.Idempotent = os.Getenv("PUSH_IDEMPOTENT") == "yes"
	return s.Send, nil
}

func main() {
	send, err := sender()
	if err != nil {
		log.Fatal(err)
	}
	queue := NewQueue(send, 4, 256)
	app.App{
		New:   func(v bot.Verifier) *bot.Bot { return newBot(v, notifier{queue.Add}) },
		Drain: queue.Drain,
	}.Main()
}
