package bot_test

import (
	"context"
	"slices"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/stretchr/testify/require"
)

// TestCheck plants one fault each in a bot that is sound otherwise. The faults
// of the machine alone are in package fsm's table.
func TestCheck(t *testing.T) {
	h := says("x")
	for _, c := range []struct {
		name  string
		fault func(*bot.Bot)
		codes []string
		why   string
	}{
		{"sound", func(b *bot.Bot) { b.OnMessage(h) }, nil, "nothing to find"},
		{"sound by fallback", func(b *bot.Bot) { b.Fallback(any1) }, nil, "a fallback answers messages too"},
		{"no message handler", func(b *bot.Bot) {
			b.OnJoinRoom(func(context.Context, *event.JoinRoom) (bot.Reply, error) { return bot.Reply{}, nil })
		}, []string{"FSM014"}, "a bot that hears nothing"},
		{"only commands", func(b *bot.Bot) { b.OnCommand("a", h) }, []string{"FSM013", "FSM013", "FSM013"}, "silent in each of the three states"},
		{"one state silent", func(b *bot.Bot) { b.State(idle, size).OnMessage(h) }, []string{"FSM013"}, "silent in confirm"},
		{"command hidden", func(b *bot.Bot) { b.OnMessage(h); b.OnCommand("a", h); b.State(size).OnCommand("a", h) }, []string{"FSM016"}, "which one is meant?"},
		{"alias hidden", func(b *bot.Bot) { b.OnMessage(h); b.OnCommand("a", h, "b"); b.State(size).OnCommand("b", h) }, []string{"FSM016"}, "which one is meant?"},
		{"text hidden", func(b *bot.Bot) { b.OnMessage(h); b.OnText("a", h); b.State(size, idle).OnText("A", h) }, []string{"FSM016", "FSM016"}, "in both states"},
		{"text and command", func(b *bot.Bot) { b.OnMessage(h); b.OnText("a", h); b.State(size).OnCommand("a", h) }, nil, "different things"},
		{"robots", func(b *bot.Bot) { b.OnMessage(h).HearRobots() }, []string{"FSM017"}, "a loop waits to happen"},
		{"robots by text", func(b *bot.Bot) { b.OnMessage(h); b.OnText("ping", h).HearRobots() }, nil, "precise enough"},
		{"pattern without example", func(b *bot.Bot) { b.OnMessage(h); b.OnPattern("^a$", h) }, []string{"FSM021"}, "cannot be generated"},
		{"condition without example", func(b *bot.Bot) { b.OnMessage(h); b.OnCondition("x", func(*event.Message) bool { return true }, h) }, []string{"FSM021"}, "cannot be generated"},
		{"example", func(b *bot.Bot) { b.OnMessage(h); b.OnPattern("^a$", h).Example("a") }, nil, "can be"},
		{"wrong example", func(b *bot.Bot) { b.OnMessage(h); b.OnPattern("^a$", h).Example("b") }, []string{"FSM021"}, "another route handles it"},
		{"hidden example", func(b *bot.Bot) { b.OnMessage(h); b.OnText("a", h); b.OnPattern("^a$", h).Example("a") }, []string{"FSM021"}, "a text is more precise"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
			c.fault(b)
			var codes []string
			for _, f := range b.Check() {
				codes = append(codes, f.Code)
				require.Equal(t, fsm.SeverityWarning, f.Severity)
				require.NotEmpty(t, f.Why)
				require.NotEmpty(t, f.Fix)
			}
			require.Equal(t, c.codes, codes, c.why)
		})
	}
}

// A finding shows the way to the state, can be allowed for a reason, and an
// unused permission is a finding too.
func TestCheckSuppression(t *testing.T) {
	decls := []fsm.Decl{
		fsm.Transition{Name: "order", From: idle, To: size},
		fsm.Transition{Name: "done", From: size, To: idle},
	}
	newBot := func(more ...fsm.Decl) *bot.Bot {
		b := bot.MustNew(bot.Config{Machine: fsm.MustNew(idle, append(slices.Clone(decls), more...)...), Logger: quiet()})
		b.State(idle).OnMessage(says("x"))
		b.State(size).OnText("large", says("x"))
		return b
	}
	found := newBot().Check()
	require.Len(t, found, 1)
	require.Equal(t, "FSM013", found[0].Code)
	require.Equal(t, "idle --order--> size", found[0].Path)
	require.Empty(t, newBot(fsm.Allow("FSM013", size, "a person takes over")).Check())
	found = newBot(fsm.Allow("FSM013", size, "a person takes over"), fsm.Allow("FSM016", size, "left over")).Check()
	require.Len(t, found, 1, "an unused permission")
}

// Renamed states keep their rooms during a rolling deploy: rooms in the old
// state are handled by the new version, rooms in a state only the other version
// knows are left alone.
func TestRollingDeploy(t *testing.T) {
	m := fsm.MustNew(idle,
		fsm.Transition{Name: "order", From: idle, To: "cup"},
		fsm.Transition{Name: "done", From: "cup", To: idle},
		fsm.Renamed(size, "cup"))
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: m, Logger: quiet()})
	b.State("cup").OnText("large", func(context.Context, *event.Message) (bot.Reply, error) { return bot.Go(idle), nil })
	b.State("cup").OnMessage(says("Which cup?"))
	require.Equal(t, `{"toBotState":"idle","data":null}`, post(b, text("size", "m1", "large")).Body.String(), "handled as the new state")
	require.Contains(t, post(b, text("size", "m2", "x")).Body.String(), `"toBotState":"size"`, "kept under the name the other version knows too")
	require.Equal(t, noop, post(b, text("newer", "m3", "x")).Body.String(), "left to the version that knows it")
}

func TestDiagram(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
	b.State(size).Prompt("Small or large?")
	b.State(idle).OnEnter(func(context.Context, event.Event, *bot.Reply) error { return nil })
	require.Equal(t, map[fsm.State]string{size: "Small or large?"}, b.Diagram().Notes)
	require.Contains(t, b.Diagram().Mermaid(), "Small or large?")
}
