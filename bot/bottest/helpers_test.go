package bottest_test

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

const (
	idle    fsm.State = "idle"
	size    fsm.State = "size"
	confirm fsm.State = "confirm"
)

var flow = fsm.MustNew(idle,
	fsm.Transition{Name: "order", From: idle, To: size},
	fsm.Transition{Name: "sized", From: size, To: confirm},
	fsm.Transition{Name: "done", From: confirm, To: idle},
	fsm.Transition{Name: "cancel", From: fsm.Any, To: idle},
)

// newBot takes orders for coffee.
func newBot() *bot.Bot { return build(bot.Config{}, nil) }

// build makes the coffee bot; change may plant a fault before the handlers are
// registered.
func build(c bot.Config, change func(h *handlers)) *bot.Bot {
	c.SenderID, c.Machine, c.Logger = "barista", flow, slog.New(slog.DiscardHandler)
	b := bot.MustNew(c)
	h := &handlers{
		welcome: func(_ context.Context, e *event.JoinRoom) (bot.Reply, error) {
			return bot.Say("Welcome, " + e.Sender.String()), nil
		},
		order: text(bot.Say("Small or large?").Go(size)),
		size: func(_ context.Context, m *event.Message) (bot.Reply, error) {
			return bot.Say("One " + m.Text() + " coffee, yes?").Go(confirm), nil
		},
		what:   text(bot.Say("Small or large?")),
		yes:    text(bot.Say("Coming").Go(idle)),
		cancel: text(bot.Say("Never mind").Go(idle)),
		other:  text(bot.Say("Sorry?")),
	}
	if change != nil {
		change(h)
	}
	b.OnJoinRoom(h.welcome)
	b.OnCommand("cancel", h.cancel)
	b.State(idle).OnText("order", h.order)
	b.State(size).OnText("small", h.size, "large")
	if h.what != nil {
		b.State(size).OnMessage(h.what).Example("gigantic")
	}
	b.State(confirm).OnText("yes", h.yes)
	if h.other != nil {
		b.State(idle, confirm).OnMessage(h.other)
	}
	return b
}

type handlers struct {
	welcome                               bot.JoinRoomHandler
	order, size, what, yes, cancel, other bot.MessageHandler
}

func text(r bot.Reply) bot.MessageHandler {
	return func(context.Context, *event.Message) (bot.Reply, error) { return r, nil }
}

// spy is a testing.TB that a test can watch fail.
type spy struct {
	testing.TB
	failed  bool
	output  strings.Builder
	cleanup []func()
}

// watch runs f with a spy, with its clean-up, and returns the spy.
func watch(t *testing.T, f func(testing.TB)) *spy {
	s := &spy{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			for i := len(s.cleanup) - 1; i >= 0; i-- {
				s.cleanup[i]()
			}
		}()
		f(s)
	}()
	<-done
	return s
}

func (s *spy) Helper()          {}
func (s *spy) Failed() bool     { return s.failed }
func (s *spy) Cleanup(f func()) { s.cleanup = append(s.cleanup, f) }
func (s *spy) Log(...any)       {}
func (s *spy) Errorf(format string, args ...any) {
	s.failed = true
	fmt.Fprintf(&s.output, format+"\n", args...)
}
func (s *spy) Error(args ...any) { s.Errorf("%s", fmt.Sprint(args...)) }
func (s *spy) Fatalf(format string, args ...any) {
	s.Errorf(format, args...)
	runtime.Goexit()
}
func (s *spy) Fatal(args ...any) { s.Fatalf("%s", fmt.Sprint(args...)) }
