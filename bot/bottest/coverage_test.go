package bottest_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestCoverage(t *testing.T) {
	out, code := bottest.Conclude(bottest.Cover{Transitions: 75, States: 67}, func() {
		ann := bottest.New(t, newBot()).Room("demo").User("ann", "")
		ann.Says("order").Replies("Small or large?").State(size)
		ann.Says("large").Replies("One large coffee, yes?")
		ann.Says("/cancel").Replies("Never mind").State(idle)
		// Another instance that the same code made counts as the same bot.
		bottest.New(t, newBot()).Room("demo").At(size).User("ann", "").Says("/cancel").Replies("Never mind").State(idle)
	})
	require.Equal(t, `conversations with barista:
  states       3 of 3 asserted on (100 %)
  transitions  3 of 4 asserted on (75 %), 1 more passed through
  routes       3 of 7 asserted on (42 %)
  not asserted on: size --sized--> confirm (AT)
      ann: order
      ann: large
  not asserted on: any state: event JOIN_ROOM (AT)
      nothing that was said so far does it
  not asserted on: size: event MESSAGE (AT)
      ann: order
      now in size, where nothing that was said so far does it
  not asserted on: confirm: text yes (AT)
      ann: order
      ann: large
      now in confirm, where nothing that was said so far does it
  not asserted on: idle, confirm: event MESSAGE (AT)
      in idle nothing that was said so far does it
`, hideLines(out))
	require.Zero(t, code, "done and cancel are one move from confirm, and the machine takes the state's own")
}

func TestCoverageThreshold(t *testing.T) {
	run := func() {
		bottest.New(t, newBot()).Room("demo").User("ann", "").Says("order").Replies("Small or large?")
	}
	out, code := bottest.Conclude(bottest.Cover{Transitions: 100, Routes: 14}, run)
	require.Equal(t, 1, code)
	require.Contains(t, out, "FAIL: 0 % of the transitions are asserted on, 100 % are asked for\n", "words alone say nothing of the state")
	_, code = bottest.Conclude(bottest.Cover{}, run)
	require.Zero(t, code)
	out, code = bottest.Conclude(bottest.Cover{Transitions: 100}, func() {
		h := http.HandlerFunc(parrot)
		bottest.New(t, h).Room("demo").User("ann", "").Says("hi").Replies("hi!")
	})
	require.Empty(t, out, "nothing is known of a handler that is no *bot.Bot")
	require.Zero(t, code)
}

func TestStayingIsNoTransition(t *testing.T) {
	out, _ := bottest.Conclude(bottest.Cover{}, func() {
		bottest.New(t, newBot()).Room("demo").User("ann", "").Says("hi").Replies("Sorry?").Stays()
	})
	require.Contains(t, out, "transitions  0 of 4 asserted on (0 %)\n", "cancel leads from any state to idle, but nobody cancelled")
}

func TestGuardedTransitions(t *testing.T) {
	never := func(context.Context, fsm.Move) error { return errors.New("no") }
	m := fsm.MustNew("a",
		fsm.Transition{Name: "paid", From: "a", To: "b", Guard: never},
		fsm.Transition{Name: "free", From: "a", To: "b"},
		fsm.Transition{Name: "back", From: fsm.Any, To: "a"})
	b := bot.MustNew(bot.Config{SenderID: "b", Machine: m})
	b.State("a").OnMessage(text(bot.Go("b")))
	out, _ := bottest.Conclude(bottest.Cover{}, func() {
		bottest.New(t, b).Room("demo").User("ann", "").Says("hi").Silent().State("b")
	})
	require.Contains(t, out, "transitions  2 of 3 asserted on", "from outside nobody knows what a guard said")
}

func TestOwnTransitionsComeFirst(t *testing.T) {
	out, _ := bottest.Conclude(bottest.Cover{}, func() { bottest.PlayText(t, newBot, goodTalk) })
	require.Contains(t, out, "not asserted on: * --cancel--> idle", "from confirm to idle the machine takes done")
}

func TestGeneratedCoverage(t *testing.T) {
	out, _ := bottest.Conclude(bottest.Cover{}, func() { bottest.Tour(t, newBot) })
	require.Contains(t, out, "transitions  0 of 4 asserted on (0 %), 4 more passed through")
	require.Contains(t, hideLines(out), "not asserted on: confirm: text yes (AT)\n      ann: order\n      ann: small\n      ann: yes\n")
}

func TestGoldenCoverage(t *testing.T) {
	_, code := bottest.Conclude(bottest.Cover{States: 100, Transitions: 75}, func() { bottest.PlayText(t, newBot, goodTalk) })
	require.Zero(t, code)
}

func TestCoverageDiagram(t *testing.T) {
	for ext, want := range map[string]string{".md": "```mermaid\nstateDiagram-v2", ".mmd": "stateDiagram-v2", ".dot": "digraph"} {
		path := filepath.Join(t.TempDir(), "c"+ext)
		_, code := bottest.Conclude(bottest.Cover{Diagram: path}, func() { bottest.PlayText(t, newBot, goodTalk) })
		require.Zero(t, code)
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(b), want), string(b))
	}
	_, code := bottest.Conclude(bottest.Cover{Diagram: t.TempDir()}, func() { bottest.PlayText(t, newBot, goodTalk) })
	require.Equal(t, 1, code, "a directory cannot be written")
}

// hideLines replaces file:line, which changes with every edit of the helpers.
func hideLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if i := strings.LastIndex(line, "_test.go:"); i >= 0 {
			line = line[:strings.LastIndexByte(line[:i], '(')] + "(AT)\n"
		}
		b.WriteString(line)
	}
	return b.String()
}
