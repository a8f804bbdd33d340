// Moderation looks at what people write: words and patterns with points, links,
// and too much at once. It warns twice, then reports to the moderators. How
// strict it is each room decides.
package main

import (
	"context"
	_ "embed"
	"fmt"
	"log"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
)

// moderation is what the handlers need.
type moderation struct {
	words      Words
	watch      *Watch
	moderators []string // client IDs
	now        func() time.Time
	report     func(context.Context, Incident)
}

// Incident is what moderators are told. It names the message, for them to look
// up, and does not repeat it: reports end up in logs and mails.
type Incident struct {
	Room, User, MessageID, Reason string
	Strikes                       int
}

func (m *moderation) newBot(verify bot.Verifier) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "moderation", Machine: settings, Verify: verify})
	// A condition and no command: from anybody else /mod is a message like all
	// others, so that it counts as one.
	b.OnCondition("a moderator's /mod", m.isSetting, m.set).Example("/mod", "/mod strict", "/mod off", "/mod normal")
	b.OnMessage(m.judge(normal)) // also in rooms that another bot left in a state of its own
	b.State(Strict).OnMessage(m.judge(strict))
	b.State(Off).OnMessage(ignore)
	return b
}

func ignore(context.Context, *event.Message) (bot.Reply, error) { return bot.Reply{}, nil }

func (m *moderation) isSetting(e *event.Message) bool {
	return e.Command().Name == "mod" && slices.Contains(m.moderators, e.From().ID)
}

// set changes the room's setting, or shows it with buttons for the others.
func (m *moderation) set(_ context.Context, e *event.Message) (bot.Reply, error) {
	to := fsm.State(strings.ToLower(e.Command().Rest))
	if slices.Contains(settings.States(), to) {
		return bot.Say("Moderation in this room: " + string(to) + ".").Go(to), nil
	}
	now, _ := settings.Resolve(e.BotState)
	return bot.Send(message.QuickReplies("Moderation in this room: "+string(now)+".",
		message.TextAction("Normal", "/mod normal"),
		message.TextAction("Strict", "/mod strict"),
		message.TextAction("Off", "/mod off"))), nil
}

// judge returns the handler of messages in rooms with the given limits.
func (m *moderation) judge(l limits) bot.MessageHandler {
	return func(ctx context.Context, e *event.Message) (bot.Reply, error) {
		reason := m.offence(l, e)
		if reason == "" {
			return bot.Reply{}, nil
		}
		strikes := m.watch.Strike(e.RoomID, e.From().ID, m.now())
		if strikes%maxStrikes == 0 {
			m.report(ctx, Incident{e.RoomID, e.From().ID, e.ID, reason, strikes})
		}
		return warn(e, reason, strikes), nil
	}
}

const (
	maxStrikes = 3      // after as many, and as many more, moderators are told
	maxText    = 10_000 // bytes
)

var link = regexp.MustCompile(`(?i)\b(https?://|www\.)`)

// offence says what is wrong with a message; empty is nothing.
func (m *moderation) offence(l limits, e *event.Message) string {
	text := e.Text() // empty for pictures and stickers, which count as messages all the same
	switch {
	case m.watch.Flood(e.RoomID, e.From().ID, l.burst, l.pause, m.now()):
		return "please slow down"
	case len(text) > maxText:
		return "please keep it shorter"
	case m.words.Score(text) >= l.score:
		return "please mind your words"
	case !l.links && link.MatchString(text):
		return "links are not allowed here"
	}
	return ""
}

// warn answers the first offences, and is silent after that: whoever goes on
// must not make the bot flood the room.
func warn(e *event.Message, reason string, strikes int) bot.Reply {
	switch {
	case strikes > maxStrikes:
		return bot.Reply{}
	case strikes == maxStrikes:
		reason += ". The moderators have been told"
	}
	text := fmt.Sprintf("%s, %s (%d of %d).", message.Escape(e.From().String()), reason, strikes, maxStrikes)
	return bot.Send(message.Text(text).Mention(e.From().ID).InReplyTo(e.ID))
}

//go:embed words.txt
var bundled string

func main() {
	text := []byte(bundled)
	if path := os.Getenv("MODERATION_WORDS"); path != "" {
		var err error
		if text, err = os.ReadFile(path); err != nil {
			log.Fatal(err)
		}
	}
	words, err := ParseWords(string(text))
	if err != nil {
		log.Fatal("MODERATION_WORDS: ", err)
	}
	m := &moderation{
		words: words, watch: NewWatch(), now: time.Now,
		moderators: strings.FieldsFunc(os.Getenv("BOT_MODERATORS"), func(r rune) bool { return r == ',' || r == ' ' }),
		// A line in the log, in place of a message to the moderators' room. What
		// takes longer than that belongs in a queue, as in the notify example.
		report: func(_ context.Context, i Incident) { slog.Warn("moderators wanted", "incident", i) },
	}
	app.App{New: m.newBot}.Main()
}
