package bottest_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

func TestTalks(t *testing.T) { bottest.Talks(t, newBot, "testdata/talks/*.txt") }

func TestAll(t *testing.T) {
	bottest.All(t, newBot, bottest.Files("testdata/talks/*.txt"), bottest.AlwaysAnswers())
}

func TestAllOverHTTP(t *testing.T) { bottest.All(t, newBot, bottest.OverHTTP()) }

func TestAllOfAnyHandler(t *testing.T) {
	newHandler := func() http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"toBotState":null,"data":null}`))
		})
	}
	bottest.All(t, newHandler, bottest.Files("testdata/silent.txt"))
}

func TestTalksDiffer(t *testing.T) {
	s := watch(t, func(tb testing.TB) {
		bottest.PlayText(tb, newBot, "ann joins\n< Hello\n\nann: order\n< ~ small\n= idle\nann: x\n")
	})
	require.Equal(t, `the bot does not do what the file says (- file, + bot); go test -update rewrites the file
x.txt:1:
    ann joins
  - < Hello
  + < Welcome, Ann
x.txt:4:
    ann: order
  - < ~ small
  + < Small or large?
  - = idle
  + = size
x.txt:7:
    ann: x
  + < Small or large?

`, s.output.String())
}

func TestTalksSpeakers(t *testing.T) {
	several := func() http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			e, _ := event.Decode(body)
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"senderID":%q,"data":{"messageType":"text","message":"hi"}}`, e.(*event.Message).Text())
		})
	}
	bottest.PlayText(t, several, "ann: boss\n<boss> hi\nann: clerk\n< hi\nann: clerk\n<clerk> hi\nann: boss\n<boss> hi\n")
	s := watch(t, func(tb testing.TB) { bottest.PlayText(tb, several, "ann: clerk\n< hi\nann: boss\n< hi\n") })
	require.Contains(t, s.output.String(), "  - < hi\n  + <boss> hi\n")
}

func TestTalksErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"ann edits: x", "x.txt:1: edits: talk: there is no message of this user to edit"},
		{"ann order", "x.txt:1: no such line"},
	} {
		s := watch(t, func(tb testing.TB) { bottest.PlayText(tb, newBot, c.text) })
		require.Contains(t, s.output.String(), c.want)
	}
	s := watch(t, func(tb testing.TB) { bottest.Echo(tb, newBot, bottest.Files("nothing/*.txt")) })
	require.Contains(t, s.output.String(), "no file matches nothing/*.txt")
	s = watch(t, func(tb testing.TB) { bottest.Echo(tb, func() http.Handler { return http.HandlerFunc(parrot) }) })
	require.Contains(t, s.output.String(), "there is nothing to say to this handler")
}

// TestUpdate runs the tests of a package of its own, as go test -update does.
func TestUpdate(t *testing.T) {
	if testing.Short() {
		t.Skip("runs go test")
	}
	dir, err := os.MkdirTemp("testdata", "update-*")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	golden := filepath.Join(dir, "a.txt")
	require.NoError(t, os.WriteFile(golden, []byte("# kept\nann: hi\n< ~ ^h.!$\n\nann: ho\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a_test.go"), []byte(updateTest), 0o600))

	run := func(args ...string) (string, error) {
		cmd := exec.Command("go", append([]string{"test", "./" + dir}, args...)...)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	out, err := run()
	require.Error(t, err)
	require.Contains(t, out, "a.txt:5:\n                ann: ho\n              + < ho!")
	out, err = run("-update")
	require.NoError(t, err, out)
	text, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, "# kept\nann: hi\n< ~ ^h.!$\n\nann: ho\n< ho!\n", string(text))
	out, err = run()
	require.NoError(t, err, out)
}

const updateTest = `package a_test

import (
	"context"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/event"
)

func newBot() *bot.Bot {
	b := bot.MustNew(bot.Config{SenderID: "echo"})
	b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) {
		return bot.Say(m.Text() + "!"), nil
	})
	return b
}

func TestTalks(t *testing.T) { bottest.Talks(t, newBot, "a.txt") }
`
