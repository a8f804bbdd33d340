package bottest_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
)

// exampleT is the t of a test, for examples, which have none.
type exampleT struct{ testing.TB }

func (exampleT) Helper()                           {}
func (exampleT) Failed() bool                      { return false }
func (exampleT) Cleanup(func())                    {}
func (exampleT) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (exampleT) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

var t exampleT

func newGreeter() *bot.Bot {
	const asked fsm.State = "asked"
	b := bot.MustNew(bot.Config{SenderID: "greeter"})
	b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Say("What is your name?").Go(asked), nil
	})
	b.State(asked).OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say("Hello, " + m.Text()).Go("done"), nil
	})
	return b
}

func ExampleNew() {
	room := bottest.New(t, newGreeter()).Room("demo") // t is the test's
	ann := room.User("ann", "Ann")
	ann.Says("hi").Replies("What is your name?").State("asked")
	ann.Says("Ann").RepliesLike("Ann$").State("done")
	ann.Leaves().Silent().Stays()

	fmt.Print(room.Transcript()) // may be saved as a file for Talks
	// Output:
	// room demo
	// ann: hi
	// < What is your name?
	// = asked
	// ann: Ann
	// < Hello, Ann
	// = done
	// ann leaves
}

func ExampleRoom_At() {
	room := bottest.New(t, newGreeter()).Room("demo")
	room.At("asked").User("bob", "").Says("Bob").Replies("Hello, Bob")
	fmt.Println(room.State())
	// Output: done
}

func ExampleUser_Taps() {
	b := bot.MustNew(bot.Config{SenderID: "barista"})
	b.OnJoinRoom(menu)
	b.OnText("size large", func(context.Context, *event.Message) (bot.Reply, error) {
		return bot.Say("A large one"), nil
	})

	ann := bottest.New(t, b).Room("demo").User("ann", "Ann")
	ann.Joins().RepliesWith("[template]")
	ann.Taps("Large").Replies("A large one")
	// Output:
}

func ExampleRecorder() {
	var file bytes.Buffer // an *os.File in a program
	hide := bottest.Pseudonyms(os.Getenv("PSEUDONYM_KEY"))
	rec := &bottest.Recorder{Out: &file, Redact: func(name, value string) string {
		if name == "message" && len(value) > 20 {
			return "..." // long texts are private
		}
		return hide(name, value)
	}}
	webhook := rec.Wrap(newGreeter()) // serve this instead of the bot

	bottest.New(t, webhook).Room("demo").User("ann", "").Says("hi").Message()
	fmt.Println(bytes.Count(file.Bytes(), []byte("\n")), "record, error:", rec.Err())
	// Output: 1 record, error: <nil>
}

func menu(context.Context, *event.JoinRoom) (bot.Reply, error) {
	return bot.Send(message.Buttons("Which size?",
		message.TextAction("Small", "size small"),
		message.TextAction("Large", "size large"),
	)), nil
}
