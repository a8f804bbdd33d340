package bottest_test

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/stretchr/testify/require"
)

func record(t *testing.T, redact func(name, value string) string) string {
	var out bytes.Buffer
	rec := &bottest.Recorder{Out: &out, Redact: redact}
	room := bottest.New(t, rec.Wrap(newBot())).Room("demo")
	ann := room.User("ann", "Ann Lee")
	ann.Joins().Replies("Welcome, Ann Lee")
	ann.Says("order").Replies("Small or large?").State(size)
	ann.Says("large").RepliesLike("large").State(confirm)
	require.NoError(t, rec.Err())
	return out.String()
}

func keep(_, value string) string { return value }

func TestRecordAndReplay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(record(t, keep)+"\n"), 0o600))

	var log strings.Builder
	s := watch(t, func(tb testing.TB) { bottest.Replay(logTo{tb, &log}, newBot, path) })
	require.False(t, s.failed, s.output.String())
	require.Contains(t, log.String(), "3 records replayed, 0 answered differently; 5 of 11 routes and transitions")
	require.Contains(t, log.String(), "not in the recording: any state: command cancel")
	require.Contains(t, log.String(), "not in the recording: confirm --done--> idle")

	changed := func() http.Handler {
		return build(bot.Config{}, func(h *handlers) { h.order = text(bot.Say("Which size?").Go(size)) })
	}
	s = watch(t, func(tb testing.TB) { bottest.Replay(tb, changed, path) })
	require.Contains(t, s.output.String(), "room demo (- then, + now):\n")
	require.Contains(t, s.output.String(), "a.jsonl:2: MESSAGE in \"\" (never set) by ann: order")
	require.Contains(t, s.output.String(), `"message":"Small or large?"`)
	require.Contains(t, s.output.String(), `"message":"Which size?"`)
	require.NotContains(t, s.output.String(), "Welcome", "only the differences")
}

type logTo struct {
	testing.TB
	b *strings.Builder
}

func (l logTo) Log(args ...any) { l.b.WriteString(args[0].(string)) }

func TestReplayErrors(t *testing.T) {
	s := watch(t, func(tb testing.TB) { bottest.Replay(tb, newBot, "nothing/*.jsonl") })
	require.Contains(t, s.output.String(), "no file matches")
	path := filepath.Join(t.TempDir(), "a.jsonl")
	require.NoError(t, os.WriteFile(path, []byte("{}\nx\n"), 0o600))
	s = watch(t, func(tb testing.TB) { bottest.Replay(tb, newBot, path) })
	require.Contains(t, s.output.String(), "a.jsonl:2: not a record")
}

func TestPseudonyms(t *testing.T) {
	out := record(t, bottest.Pseudonyms("key"))
	for _, secret := range []string{"ann", "Ann", "Lee", `"demo"`, "SampleApp"} {
		require.NotContains(t, strings.ReplaceAll(out, "Welcome, Ann Lee", ""), secret)
	}
	require.Contains(t, out, `"message":"order"`, "replays need it to route")
	require.Contains(t, out, `"toBotState":"size"`)
	require.Contains(t, out, `"botState":"size"`)
	lines := strings.Split(out, "\n")
	id := bottest.Pseudonyms("key")("roomID", "demo")
	require.Contains(t, lines[0], id)
	require.Contains(t, lines[2], id, "the same for the same")

	path := filepath.Join(t.TempDir(), "a.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(out), 0o600))
	s := watch(t, func(tb testing.TB) { bottest.Replay(tb, newBot, path) })
	require.Equal(t, 1, strings.Count(s.output.String(), "a.jsonl:"), "only the greeting holds a name: %s", s.output.String())
	require.NotEqual(t, id, bottest.Pseudonyms("other")("roomID", "demo"))
}

func TestRecorderStopsNeverTheBot(t *testing.T) {
	rec := &bottest.Recorder{Out: broken{}, Redact: keep}
	ann := bottest.New(t, rec.Wrap(newBot())).Room("demo").User("ann", "")
	ann.Joins().Replies("Welcome, Ann")
	ann.Joins().Replies("Welcome, Ann")
	require.Error(t, rec.Err())
	require.Panics(t, func() { new(bottest.Recorder).Wrap(newBot()) })
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }
