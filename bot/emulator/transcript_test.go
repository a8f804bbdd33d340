package emulator_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/funtekco/webhookbot/bot/emulator/internal/orderbot"
	"github.com/stretchr/testify/require"
)

func TestTranscript(t *testing.T) {
	p := open(t, emulator.Config{})
	p.post("/api/users", `{"_id":"bob","nickname":"Bob Lee"}`)
	p.post("/api/rooms/demo/acts", `{"verb":"joins","who":"bob"}`)
	p.say("bob", "order")
	p.fault("unknown")
	p.say("bob", "small")
	p.post("/api/rooms/demo/acts", `{"verb":"at","state":"confirm"}`)
	p.say("bob", "status 500")
	p.say("bob", "yes")
	p.post("/api/rooms/demo/acts", `{"verb":"says","who":"ann","message":{"messageType":"sticker","sticker":"FunFunFamily-1"},"quirks":["bare"]}`)
	got := p.get("/api/rooms/demo/transcript")
	golden(t, "testdata/saved.txt", got)

	result := decode[struct {
		Rooms        []string
		Turns, Wrong int
		Diff         string
	}](t, p.post("/api/transcripts", `{"text":`+quote(got)+`}`))
	require.Equal(t, []string{"demo 2"}, result.Rooms)
	require.Equal(t, 7, result.Turns)
	require.Zero(t, result.Wrong, result.Diff)
	require.Empty(t, result.Diff)
}

// What is saved passes as a test, as it is.
func TestTranscriptPassesInBottest(t *testing.T) {
	p := open(t, emulator.Config{})
	p.post("/api/users", `{"_id":"bob","nickname":"Bob Lee"}`)
	p.post("/api/rooms/demo/acts", `{"verb":"joins","who":"bob"}`)
	p.say("bob", "order")
	p.fault("stale")
	p.say("bob", "large")
	p.post("/api/rooms/demo/acts", `{"verb":"says","who":"ann","message":{"messageType":"location","message":"here","latitude":1.5,"longitude":2},"quirks":["numbers-as-strings"]}`)
	p.post("/api/rooms/demo/acts", `{"verb":"edits","who":"bob","message":{"message":"small"}}`)
	p.post("/api/rooms/demo/acts", `{"verb":"adds","who":"ann","whom":["bob","carol"]}`)
	p.post("/api/rooms/demo/acts", `{"verb":"at","state":"confirm"}`)
	p.say("bob", "yes")
	path := filepath.Join(t.TempDir(), "saved.txt")
	require.NoError(t, os.WriteFile(path, []byte(p.get("/api/rooms/demo/transcript")), 0o600))
	bottest.Talks(t, orderbot.Bot, path)
}

func TestTranscriptThatDiffers(t *testing.T) {
	p := open(t, emulator.Config{})
	text := "room a at size\nuser cy Cyrus\ncy: small\n< Which size?\n= idle\ncy: yes\n< ~ Coming\n= idle\nroom b\nann: hello\n< You said: hello\n"
	result := decode[struct {
		Rooms        []string
		Turns, Wrong int
		Diff         string
	}](t, p.post("/api/transcripts", `{"text":`+quote(text)+`}`))
	require.Equal(t, []string{"a", "b"}, result.Rooms)
	require.Equal(t, 3, result.Turns)
	require.Equal(t, 1, result.Wrong)
	require.Contains(t, result.Diff, "  - = idle\n  + = confirm")
	seen := p.lines("a").Items
	require.Contains(t, seen[2].Text, "Not as in the transcript")
	require.Equal(t, "careful", seen[2].Grade)
	require.Equal(t, "Cyrus", seen[0].Message.Sender.Nickname)
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if updating() {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "go test -update writes it")
	require.Equal(t, string(want), got)
}
