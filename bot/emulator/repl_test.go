package emulator_test

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/funtekco/webhookbot/bot/emulator/internal/orderbot"
	"github.com/stretchr/testify/require"
)

func repl(t *testing.T, input string) (string, error) {
	t.Helper()
	var out strings.Builder
	cfg := emulator.Config{Handler: orderbot.Bot(), Machine: orderbot.Flow, Logger: slog.New(slog.DiscardHandler)}
	err := emulator.REPL(t.Context(), cfg, strings.NewReader(input), &out)
	return out.String(), err
}

func TestREPLWritesATranscript(t *testing.T) {
	out, err := repl(t, "order\n/1\nyes\n")
	require.NoError(t, err)
	golden(t, "testdata/repl.txt", out)

	p := open(t, emulator.Config{})
	played := p.post("/api/transcripts", `{"text":`+quote(out)+`}`)
	require.Contains(t, played, `"turns":3,"wrong":0`)
}

func TestREPLCommands(t *testing.T) {
	saved := filepath.Join(t.TempDir(), "talk.txt")
	for _, c := range []struct{ name, in, want, why string }{
		{"as", "/as bob Bob Lee\n/join", "bob joins\n< Welcome, Bob Lee\n", "somebody new"},
		{"leave", "/leave", "ann leaves\n", "a DELETE_MEMBERS of oneself"},
		{"add and remove", "/add bob, carol\n/remove bob", "ann adds bob, carol\nann removes bob\n", "commas or blanks"},
		{"state", "/state size\nsmall\n/state", "at size\nann: small\n", "set, used"},
		{"state shown", "/state size\n/state", "# state size\n", "shown"},
		{"reset", "/state size\n/state \"\"\n/state", "# state (unset)\n", "quotes mean empty"},
		{"the bot's own command", "order\n/cancel", "ann: /cancel\n< Never mind then\n= idle\n", "unknown commands are said"},
		{"literal", "//state", "ann: /state\n< You said: /state\n", "two slashes say one"},
		{"send", `/send {"messageType":"sticker","sticker":"x-1"}`, "ann: [sticker x-1]\n", "any message"},
		{"send nonsense", "/send x", "# ! write: /send", "explained"},
		{"event", "/event TYPING {\"a\":1}", "ann event TYPING {\"a\":1}\n", "any event"},
		{"with", "/with bare\nhi\n/with\nho", "ann: hi\nwith bare\n", "quirks until the next /with"},
		{"with nonsense", "/with nothing", "# ! there is no quirk of this name; there are bare,", "lists them"},
		{"fault", "/fault broken", "# fault broken: kept\n# ! refused:", "verdict"},
		{"faults", "/fault", "# oversize   a message of two megabytes\n", "lists them"},
		{"raw", "hi\n/raw", `#     "message": "You said: hi"`, "the bytes"},
		{"rewind", "order\nsmall\n/rewind\n/state", "# rewound by 1\n# state size\n", "one turn"},
		{"rewind too far", "/rewind 2", "# ! there are not so many turns", "explained"},
		{"room", "order\n/room b\n/state", "room b\n# state (unset)\n", "another room"},
		{"press nothing", "/3", "# ! the last answer has 0 buttons\n", "explained"},
		{"save and play", "order\n/save " + saved + "\n/play " + saved, "# saved " + saved + "\n# 1 turns played, 0 differ\n", "a round trip"},
		{"help", "/?", "# /as ID [NICKNAME]", "all of them"},
		{"quit", "/quit\nhello", "room demo\n", "nothing after"},
		{"escapes in a button", `message {"messageType":"template","template":{"actions":[{"type":"message","label":"\u001b[2J","text":"x"}]}}`, "# /1 \uFFFD[2J\n", "nor can a label"},
		{"escapes", `message {"messageType":"text","message":"\u001b[2J\u202e"}`, `< "\x1b[2J\u202e"`, "a text cannot paint the terminal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, err := repl(t, c.in)
			require.NoError(t, err)
			require.Contains(t, out, c.want, c.why)
			require.NotContains(t, out, "\x1b")
		})
	}
}

func TestREPLFailsScripts(t *testing.T) {
	out, err := repl(t, "answer <html>\n")
	require.ErrorIs(t, err, emulator.ErrProtocol)
	require.Contains(t, out, "# ! syntax: the body is not one JSON document\n")
}

func TestREPLEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	in, typing := io.Pipe()
	defer typing.Close()
	require.NoError(t, emulator.REPL(ctx, emulator.Config{Handler: orderbot.Bot()}, in, io.Discard))
	require.Error(t, ctx.Err(), "not before")
}
