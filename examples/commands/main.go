// Commands books meeting rooms: commands with quoted arguments, a generated
// help, suggestions, commands for managers only, and answers whose buttons send
// the next command.
package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/message"
)

// desk is what the handlers need.
type desk struct {
	*Plan
	bot *bot.Bot
}

func newBot(verify bot.Verifier, plan *Plan, managers ...string) *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "desk", Verify: verify})
	d := desk{plan, b}
	b.OnJoinRoom(d.welcome)
	b.OnCommand("help", d.help).Help("show this list")
	b.OnCommand("rooms", d.rooms).Help("show the meeting rooms")
	b.OnCommand("book", d.book).Help(`book a room for an hour, as in /book "Blue room" 14`)
	b.OnCommand("release", d.release).Help(`give it back, as in /release "Blue room" 14`)
	b.OnCommand("close", only(managers, d.close)).Help(`for managers: /close "Blue room" "wet paint"`)
	b.OnCommand("reopen", only(managers, d.reopen)).Help(`for managers: /reopen "Blue room"`)
	b.OnCondition("unknown command", isCommand, d.unknown).Example("/boook", "/qwertz")
	return b // what is no command is people talking, which the bot stays out of
}

// only lets some users give a command and tells the others that they may not.
func only(users []string, h bot.MessageHandler) bot.MessageHandler {
	return func(ctx context.Context, m *event.Message) (bot.Reply, error) {
		if !slices.Contains(users, m.From().ID) {
			return bot.Say("Only managers can do that."), nil
		}
		return h(ctx, m)
	}
}

// isCommand holds for all commands, but those with a route of their own come
// first: what is left is misspelt.
func isCommand(m *event.Message) bool { return m.Command().Name != "" }

// unknown offers the command that was probably meant, with its arguments, as a
// button.
func (d desk) unknown(_ context.Context, m *event.Message) (bot.Reply, error) {
	c := m.Command()
	meant, ok := d.bot.Suggest(m.BotState, c.Name)
	if !ok {
		return bot.Say("I do not know that command. /help lists those I know."), nil
	}
	return bot.Send(message.QuickReplies("I do not know that command. Did you mean "+meant+"?",
		message.TextAction(meant, strings.TrimSpace(meant+" "+c.Rest)))), nil
}

func (d desk) welcome(context.Context, *event.JoinRoom) (bot.Reply, error) {
	return bot.Send(message.QuickReplies("Welcome! Do you need a meeting room?",
		message.TextAction("Show rooms", "/rooms"), message.TextAction("Help", "/help"))), nil
}

func (d desk) help(_ context.Context, m *event.Message) (bot.Reply, error) {
	return bot.Say(d.bot.Help(m.BotState)), nil
}

func (d desk) rooms(context.Context, *event.Message) (bot.Reply, error) {
	return bot.Send(cards(d.Rooms())), nil
}

// book asks for what is missing, the room with a carousel and the hour with
// quick replies. Each choice comes back as a longer command, so there is nothing
// to remember in between.
func (d desk) book(_ context.Context, m *event.Message) (bot.Reply, error) {
	room, hour := d.args(m)
	switch {
	case room.Name == "":
		return bot.Send(cards(d.Rooms())), nil
	case hour == 0:
		return bot.Send(hours(room)), nil
	}
	if err := d.Book(room.Name, hour, m.From().ID); err != nil {
		return bot.Say("Sorry, " + err.Error() + "."), nil
	}
	return bot.Send(message.Buttons(fmt.Sprintf("%s is yours at %d:00.", room.Name, hour),
		message.TextAction("Give it back", fmt.Sprintf("/release %q %d", room.Name, hour)),
		message.TextAction("Show rooms", "/rooms"))), nil
}

func (d desk) release(_ context.Context, m *event.Message) (bot.Reply, error) {
	room, hour := d.args(m)
	if !d.Release(room.Name, hour, m.From().ID) {
		return bot.Say("You have not booked that."), nil
	}
	return bot.Say(fmt.Sprintf("%s is free again at %d:00.", room.Name, hour)), nil
}

func (d desk) close(_ context.Context, m *event.Message) (bot.Reply, error) {
	room, _ := d.args(m)
	if args := m.Command().Args; len(args) == 2 && d.Close(room.Name, args[1]) {
		return bot.Say(room.Name + " is closed."), nil
	}
	return bot.Say(`Which room, and why? As in /close "Blue room" "wet paint".`), nil
}

func (d desk) reopen(_ context.Context, m *event.Message) (bot.Reply, error) {
	room, _ := d.args(m)
	if !d.Close(room.Name, "") {
		return bot.Say(`Which room? As in /reopen "Blue room".`), nil
	}
	return bot.Say(room.Name + " is open."), nil
}

// args reads a room and an hour. What is missing or wrong is zero.
func (d desk) args(m *event.Message) (room Room, hour int) {
	args := append(m.Command().Args, "", "") // so that there always are two
	hour, _ = strconv.Atoi(strings.TrimSuffix(args[1], ":00"))
	return d.Room(args[0]), hour
}

func main() {
	plan := NewPlan("Blue room", "Green room", "Attic")
	managers := strings.FieldsFunc(os.Getenv("BOT_MANAGERS"), func(r rune) bool { return r == ',' || r == ' ' })
	app.App{New: func(verify bot.Verifier) *bot.Bot { return newBot(verify, plan, managers...) }}.Main()
}
