package talk_test

import (
	"os"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/stretchr/testify/require"
)

func parse(t testing.TB, text string) *talk.File {
	f, err := talk.Parse("x.txt", []byte(text))
	require.NoError(t, err)
	return f
}

// canonical holds every line of the grammar as String writes it.
const canonical = `# A file may begin with a comment.

room demo at idle
# people
user ann Ann Lee
user "LINE::c" "c "
robot doris Doris Robot

# she comes
ann joins
# he says
< Welcome, Ann
# and goes
= size

ann: Hello, "world": [x] {y} ~z
with bare ms-times
< ~ (?i)small.*large
= ""
"LINE::c": "[no type]"
<barista> "~ not a pattern"
= ask size
doris: first

| second
|   third
<"a b"> "trailing blank "
at other state
at ""
ann adds bob, "LINE::c"
ann removes "at"
bob leaves
ann edits: Hello
event TYPING
event TYPING {"a":1}
ann event "x y" [1,2]
ann: [image https://x/y.png 640x480]
ann: [video https://x/y.mp4 640x480 12s]
ann: [audio https://x/y.m4a 3.21s]
ann: [file https://x/y.pdf The menu.pdf]
ann: [location 25.03 -121.5 Taipei 101]
ann: [sticker FunFunFamily-1]
ann: [recall]
< [template]
ann: {"messageType":"poll","message":1e400}
< {
|   "messageType": "template",
|   "template": {
|     "type": "buttons",
|     "text": "Small or large? A small one has 200 ml.",
|     "actions": [
|       1,
|       2,
|       3
|     ]
|   }
| }

room other
ann: ""
# the end
`

func TestRoundTrip(t *testing.T) {
	text := strings.Replace(canonical, "first\n\n|", "first\n|\n|", 1)
	require.Equal(t, text, parse(t, text).String())
}

func TestForgives(t *testing.T) {
	f := parse(t, "\ufeff  ann  joins\r\n\t<   Hi  \r\n  |there\r\n=  size \r\n\r\n")
	require.Equal(t, "ann joins\n< Hi\n| there\n= size\n\n", f.String(), "blanks, line ends and a byte order mark do not matter")
}

func TestEmpty(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing yet\n"} {
		f := parse(t, text)
		require.Empty(t, f.Talks)
		require.Equal(t, text, f.String())
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want, why string }{
		{"no colon", "ann order", "x.txt:1: no such line", "the commonest slip"},
		{"place", "# a\n\nann: hi\n| there\nann dances", "x.txt:5: ", "lines count as an editor counts them"},
		{"answer first", "< hi", "x.txt:1: there is no request", "nobody asked"},
		{"state first", "= x", "x.txt:1: there is no request", "nothing happened"},
		{"state after at", "at x\n= y", "x.txt:2: there is no request", "the bot is not told"},
		{"two answers", "ann: a\n< b\n< c", "x.txt:3: a bot answers with one", "the protocol carries one message"},
		{"two states", "ann: a\n= b\n= c", "x.txt:3: a turn ends in one", ""},
		{"answer after state", "ann: a\n= b\n< c", "x.txt:3: the state comes after", "one order, so that diffs read well"},
		{"bad pattern", "ann: a\n< ~ (", "x.txt:2: error parsing regexp", ""},
		{"bad json", "ann: {a}", "x.txt:1: not one JSON object", ""},
		{"json array", "ann: {}[]", "x.txt:1: not one JSON object", ""},
		{"bad type", "ann: [two words here]", "x.txt:1: [two ...]: more than this type takes", "literal text in brackets needs quotes"},
		{"not a type", "ann: [1]", "x.txt:1: not a message type", ""},
		{"bad number", "ann: [location north]", "x.txt:1: [location ...]: not a number", ""},
		{"too much", "ann: [sticker a b]", "x.txt:1: [sticker ...]: more than", ""},
		{"empty text", "ann:", "x.txt:1: nothing is said", "an empty message is rare enough to be spelled out"},
		{"empty answer", "ann: a\n<", "x.txt:2: nothing is said", "silence is no line at all"},
		{"tight answer", "ann: a\n<b", "x.txt:2: write < and a blank", "or it would name a speaker"},
		{"stray continuation", "| a", "x.txt:1: there is no line above", ""},
		{"late user", "ann: a\nuser ann", "x.txt:2: people are introduced before", ""},
		{"room twice", "room a\nann: x\nroom a", "x.txt:3: room a has its conversation in line 1", "a second visit would be a third conversation"},
		{"room blank", "room a b", "x.txt:1: write: room NAME", ""},
		{"room at nothing", "room a at ", "x.txt:1: write: room NAME", ""},
		{"unknown quirk", "ann: a\nwith nonsense", `x.txt:2: no quirk is called "nonsense"`, ""},
		{"late quirk", "ann: a\n< b\nwith bare", "x.txt:3: a turn has one with line", ""},
		{"members", "ann adds bob carl", "x.txt:1: a comma stands", ""},
		{"no members", "ann adds", "x.txt:1: write: ID adds", ""},
		{"joins what", "ann joins bob", "x.txt:1: nothing stands behind joins", ""},
		{"edits what", "ann edits hello", "x.txt:1: write: ID edits: TEXT", ""},
		{"bad event", "event A {", "x.txt:1: write: event KIND", ""},
		{"bad state", "ann: a\n= \"x", "x.txt:2: which state?", ""},
		{"odd id", "[x]: a", "x.txt:1: neither a keyword nor an ID", ""},
		{"all of them", "ann order\nbob order", "x.txt:2: no such line", "one round of mending, not two"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := talk.Parse("x.txt", []byte(c.text))
			require.Nil(t, f)
			require.ErrorContains(t, err, c.want, c.why)
			var place *talk.Error
			require.ErrorAs(t, err, &place)
		})
	}
}

func TestUser(t *testing.T) {
	f := parse(t, "user ann Ann Lee\nrobot doris\nann: hi\n")
	talk := f.Talks[0]
	require.Equal(t, "Ann Lee", talk.User("ann").Nickname)
	require.True(t, talk.User("doris").IsRobot)
	require.Equal(t, "Ökzan", talk.User("ökzan").Nickname)
	require.Equal(t, "", talk.User("").Nickname)
	require.Equal(t, "demo", talk.Room)
}

func FuzzParse(f *testing.F) {
	f.Add(canonical)
	b, err := os.ReadFile("../../bottest/testdata/talks/order.txt")
	require.NoError(f, err)
	f.Add(string(b))
	f.Fuzz(func(t *testing.T, text string) {
		file, err := talk.Parse("x.txt", []byte(text))
		if err != nil {
			return
		}
		once := file.String()
		again, err := talk.Parse("x.txt", []byte(once))
		require.NoError(t, err, once)
		require.Equal(t, once, again.String())
		for i, talk := range file.Talks {
			for j, turn := range talk.Turns {
				other := again.Talks[i].Turns[j]
				require.Equal(t, turn.Who, other.Who)
				require.Equal(t, turn.Whom, other.Whom)
				require.Equal(t, string(turn.Say.Fields()), string(other.Say.Fields()))
				require.Equal(t, turn.To, other.To)
			}
		}
	})
}
