package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/stretchr/testify/require"
)

// phone keeps what would be pushed.
type phone struct {
	pushes []Push
	err    error
}

func (p *phone) queue(pushes ...Push) error {
	p.pushes = append(p.pushes, pushes...)
	return p.err
}

// lines shows the pushes as "topic title: body".
func (p *phone) lines() (lines []string) {
	for _, p := range p.pushes {
		lines = append(lines, fmt.Sprintf("%s %s: %s", p.To, p.Notification.Title, p.Notification.Body))
	}
	return lines
}

func TestPushes(t *testing.T) {
	long := strings.Repeat("é", 250)
	for _, c := range []struct {
		name  string
		act   func(ann, bob, doris *bottest.User) *bottest.Turn
		reply string
		want  []string
		why   string
	}{
		{"page", func(ann, _, _ *bottest.User) *bottest.Turn { return ann.Says("/page lunch is  here") },
			"Everybody here gets a push.", []string{"/topics/room-demo%20room demo room: Ann: lunch is  here"}, "topics allow no blank"},
		{"page without text", func(ann, _, _ *bottest.User) *bottest.Turn { return ann.Says("/page") },
			"What shall the push say? For example: /page lunch is here", nil, ""},
		{"long", func(ann, _, _ *bottest.User) *bottest.Turn { return ann.Says("/page " + long) },
			"Everybody here gets a push.", []string{"/topics/room-demo%20room demo room: Ann: " + long[:2*195] + "…"}, "cut between characters"},
		{"join", func(_, bob, _ *bottest.User) *bottest.Turn { return bob.Joins() },
			"", []string{"/topics/room-demo%20room demo room: Bob came in"}, ""},
		{"added", func(ann, bob, doris *bottest.User) *bottest.Turn { return ann.Adds(bob, doris) },
			"", []string{"/topics/user-bob demo room: Ann added you"}, "a robot has no phone"},
		{"mention", func(ann, _, _ *bottest.User) *bottest.Turn {
			return ann.Sends(`{"messageType":"text","message":"@bob look","mentions":["bob","ann","x/y","bob"]}`)
		}, "", []string{"/topics/user-bob demo room: Ann: @bob look", "/topics/user-x%2Fy demo room: Ann: @bob look"}, "each once, not oneself"},
		{"edited mention", func(ann, _, _ *bottest.User) *bottest.Turn {
			return ann.Sends(`{"messageType":"text","message":"@bob look!","mentions":["bob"],"editedAt":"2026-01-01T09:00:00.000Z"}`)
		}, "", nil, "it was pushed the first time"},
		{"no mention", func(ann, _, _ *bottest.User) *bottest.Turn { return ann.Says("hello") }, "", nil, "silent on ordinary talk"},
		{"robot", func(_, _, doris *bottest.User) *bottest.Turn { return doris.Says("/page x") }, "", nil, "robots ring nobody"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p phone
			room := bottest.New(t, newBot(nil, notifier{p.queue})).Room("demo room")
			turn := c.act(room.User("ann", ""), room.User("bob", ""), room.Robot("doris", ""))
			if c.reply == "" {
				turn.Silent()
			} else {
				turn.Replies(c.reply)
			}
			require.Equal(t, c.want, p.lines(), c.why)
		})
	}
}

func TestManyMentions(t *testing.T) {
	var p phone
	ann := bottest.New(t, newBot(nil, notifier{p.queue})).Room("r").User("ann", "")
	var ids []string
	for i := range 500 {
		ids = append(ids, fmt.Sprintf(`"u%d"`, i))
	}
	ann.Sends(`{"messageType":"text","message":"hi","mentions":[` + strings.Join(ids, ",") + `]}`).Silent()
	require.Len(t, p.pushes, maxMentions, "one message cannot fill the queue")
}

func TestFullQueue(t *testing.T) {
	p := phone{err: ErrFull}
	ann := bottest.New(t, newBot(nil, notifier{p.queue})).Room("r").User("ann", "")
	ann.Says("/page x").Replies("Too many pushes are waiting. Please try again in a minute.")
}

// The same message makes the same push, joins make different ones.
func TestIDs(t *testing.T) {
	b := func(p *phone) *bottest.User {
		return bottest.New(t, newBot(nil, notifier{p.queue})).Room("r").User("ann", "")
	}
	var p phone
	ann := b(&p)
	ann.Says("/page one").Replies("Everybody here gets a push.")
	ann.Edits("/page two").Replies("Everybody here gets a push.")
	ann.Joins()
	ann.Joins()
	id := func(i int) string { return p.pushes[i].Data.ID }
	require.Equal(t, id(0), id(1), "an edit keeps the ID")
	require.NotEqual(t, id(0), id(2))
	require.NotEqual(t, id(2), id(3), "two joins are two pushes")
}

func TestReadme(t *testing.T) {
	var out bytes.Buffer
	send := Print(&out)
	readme.Curl(t, newBot(nil, notifier{func(p ...Push) error { return send(t.Context(), p[0]) }}))
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	require.Contains(t, string(text), "\n"+strings.TrimPrefix(out.String(), "push: "))
}

func TestGenerated(t *testing.T) {
	var p phone
	bottest.All(t, func() *bot.Bot { return newBot(nil, notifier{p.queue}) },
		bottest.Effects(func() int { return len(p.pushes) }))
}

func TestSender(t *testing.T) {
	for _, c := range []struct{ address, want string }{
		{"", ""},
		{"https://push.example/send", ""},
		{"https://push.example/s\x7fcret", "PUSH_URL"},
		{"push.example/secret", "PUSH_URL"},
		{"file:///secret", "PUSH_URL"},
	} {
		t.Setenv("PUSH_URL", c.address)
		_, err := sender()
		if c.want == "" {
			require.NoError(t, err, c.address)
			continue
		}
		require.ErrorContains(t, err, c.want)
		require.NotContains(t, err.Error(), "cret", "an address may hold a secret")
	}
}

func TestPrint(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, Print(&out)(t.Context(), Push{To: "/topics/x", Data: Data{ID: "1", Room: "r", Kind: "MESSAGE"}}))
	require.Equal(t, `push: {"to":"/topics/x","notification":{"title":"","body":""},"data":{"id":"1","room":"r","kind":"MESSAGE"}}`+"\n", out.String())
	require.Error(t, Print(failing{})(t.Context(), Push{}))
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }
