package talk_test

import (
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

// expect returns the value behind "< ".
func expect(t testing.TB, s string) talk.Value {
	return parse(t, "ann: x\n< "+s+"\n").Talks[0].Turns[0].Reply.Value
}

func TestMatch(t *testing.T) {
	const picture = `{"messageType":"image","originalUrl":"u","thumbnailUrl":"t","width":640,"height":480,"message":"A cat"}`
	for _, c := range []struct{ name, want, sent, wrong, why string }{
		{"text", `Hi`, `{"messageType":"text","message":"Hi"}`, "", ""},
		{"text with more", `Hi`, `{"messageType":"text","message":"Hi","mentions":["ann"]}`, "", "the text is what is asked for"},
		{"other text", `Hi`, `{"messageType":"text","message":"Ho"}`, "the text differs", ""},
		{"not a text", `A cat`, picture, "the message is of type image, not a text", "a fallback is not the message"},
		{"pattern", `~ ^A .at$`, picture, "", "fallback texts may match"},
		{"other pattern", `~ dog`, picture, "the text does not match the expression", ""},
		{"number text", `~ 7`, `{"messageType":"text","message":7}`, "the text does not match the expression", "a number is no text"},
		{"type", `[image]`, picture, "", ""},
		{"other type", `[video]`, picture, `/messageType is "image", expected "video"`, ""},
		{"url", `[image u 640x480]`, picture, "", "a smaller thumbnail is not named"},
		{"other size", `[image u 640x481]`, picture, "/height is 480, expected 481", ""},
		{"part", `{"width":640.0}`, picture, "", "numbers compare by value"},
		{"missing", `{"duration":1}`, picture, "/duration is missing", ""},
		{"deep", `{"a":{"b":[1,{"c":null}]}}`, `{"a":{"b":[1,{"c":null,"d":1}],"x":1}}`, "", "objects may hold more, at any depth"},
		{"array length", `{"a":[1]}`, `{"a":[1,2]}`, "/a is [1,2], expected [1]", "arrays are compared whole"},
		{"kind", `{"a":{}}`, `{"a":"x"}`, `/a is "x", expected {}`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.wrong, expect(t, c.want).Match(jsontext.Value(c.sent)), c.why)
		})
	}
	require.NotEmpty(t, talk.TextValue("x").Match(nil))
}

func TestMessageValue(t *testing.T) {
	for _, c := range []struct{ fields, want, why string }{
		{`{"messageType":"text","message":"Hi"}`, "Hi", "plain"},
		{`{"message":"Hi","messageType":"text","mentions":[]}`, `{"message":"Hi","messageType":"text","mentions":[]}`, "nothing is lost"},
		{`{"messageType":"text","message":"a\nb"}`, "a\n| b", "lines stay lines"},
		{`{"messageType":"text","message":"a\n  b\n"}`, `"a\n  b\n"`, "an empty last line would be lost"},
		{`{"messageType":"text","message":" a"}`, `" a"`, "a blank in front would be lost"},
		{`{"messageType":"text","message":"{a}"}`, `"{a}"`, "would be read as JSON"},
		{`{"messageType":"text","message":"\"a\""}`, `"\"a\""`, "would be read as quotes"},
		{`{"messageType":"text","message":"\"a\" or b"}`, `"a" or b`, "these quotes are text"},
		{`{"messageType":"text","message":"~ a"}`, `"~ a"`, "would be read as a pattern"},
		{`{"messageType":"text","message":"a\u202eb"}`, `"a\u202eb"`, "what one cannot see is spelled out"},
		{`{"messageType":"sticker","sticker":"FunFunFamily-1"}`, "[sticker FunFunFamily-1]", ""},
		{`{"messageType":"sticker","sticker":"FunFunFamily-1","message":"x"}`, `{"messageType":"sticker","sticker":"FunFunFamily-1","message":"x"}`, "a fallback has no place in the short form"},
		{`{"messageType":"image","originalUrl":"u","thumbnailUrl":"u","width":1,"height":2}`, "[image u 1x2]", ""},
		{`{"messageType":"image","originalUrl":"u","thumbnailUrl":"t"}`, `{"messageType":"image","originalUrl":"u","thumbnailUrl":"t"}`, ""},
		{`{"messageType":"audio","originalUrl":"u","duration":3.21}`, "[audio u 3.21s]", ""},
		{`{"messageType":"location","latitude":25.03,"longitude":-121.5,"message":"Taipei 101"}`, "[location 25.03 -121.5 Taipei 101]", ""},
		{`{"messageType":"mixed","originalUrl":"u","thumbnailUrl":"u","message":"Look: a  b"}`, `{"messageType":"mixed","originalUrl":"u","thumbnailUrl":"u","message":"Look: a  b"}`, "two blanks would become one"},
		{`{"messageType":"recall"}`, "[recall]", ""},
	} {
		turn := &talk.Turn{Verb: talk.Says, Who: "ann", Reply: &talk.Reply{Value: talk.MessageValue(jsontext.Value(c.fields))}}
		turn.Say = talk.TextValue("x")
		require.Equal(t, "ann: x\n< "+c.want+"\n", turn.String(), c.why)
		require.Empty(t, expect(t, c.want).Match(jsontext.Value(c.fields)), "what is written must be met")
	}
}

func FuzzMessageValue(f *testing.F) {
	f.Add(`{"messageType":"image","originalUrl":"u","thumbnailUrl":"u","width":1,"height":2}`, "a\nb")
	f.Add(`{"messageType":"location","latitude":1e2,"longitude":"x","message":"]"}`, "~ [x] \"y\"")
	f.Fuzz(func(t *testing.T, fields, text string) {
		if v := jsontext.Value(fields); v.Kind() == '{' && v.IsValid() {
			check(t, v)
		}
		check(t, chat.Text(text))
	})
}

func check(t *testing.T, fields jsontext.Value) {
	turn := &talk.Turn{Verb: talk.Says, Who: "ann", Say: talk.MessageValue(fields)}
	turn.Reply = &talk.Reply{Value: turn.Say}
	text := turn.String()
	file, err := talk.Parse("x.txt", []byte(text))
	require.NoError(t, err, text)
	again := file.Talks[0].Turns[0]
	require.Empty(t, again.Reply.Value.Match(fields), text)
	require.Empty(t, talk.Value{Form: talk.JSON, JSON: fields}.Match(again.Say.Fields()), text)
	require.Equal(t, text, file.String())
}

func TestAct(t *testing.T) {
	f := parse(t, strings1)
	room := chat.NewRoom(chat.Config{ID: "demo", Now: chat.Ticking(time.Unix(0, 0), time.Second)})
	var kinds []string
	for _, turn := range f.Talks[0].Turns {
		e, quirks, err := f.Talks[0].Act(room, turn)
		require.NoError(t, err)
		if e == nil {
			kinds = append(kinds, "-"+room.BotState())
			continue
		}
		if len(quirks) > 0 {
			kinds = append(kinds, quirks[0].Name)
		}
		kinds = append(kinds, string(e.Kind))
	}
	require.Equal(t, []string{"JOIN_ROOM", "ADD_MEMBERS", "bare", "MESSAGE", "MESSAGE", "DELETE_MEMBERS", "DELETE_MEMBERS", "-size", "TYPING"}, kinds)
	require.Len(t, room.Messages(), 1)
	require.Contains(t, string(room.Messages()[0].JSON), `"message":"tea"`)
	require.Empty(t, room.Members())

	_, _, err := f.Talks[0].Act(room, &talk.Turn{Who: "bob", Verb: talk.Edits, Say: talk.TextValue("x")})
	require.ErrorIs(t, err, talk.ErrNothingToEdit)
	_, _, err = f.Talks[0].Act(room, &talk.Turn{Who: "bob", Verb: "dances"})
	require.Error(t, err)
}

const strings1 = `ann joins
ann adds bob
ann: coffee
with bare
ann edits: tea
ann removes bob
ann leaves
at size
event TYPING {}
`

func TestObserve(t *testing.T) {
	const text = `# greets
ann joins
< ~ Welcome
= idle
ann: order
# asks
< Small or large?
ann: x
<boss> No
= size
ann: y
`
	hi := jsontext.Value(`{"messageType":"text","message":"Welcome, Ann"}`)
	want := parse(t, text)
	got := parse(t, text)
	var wrong []string
	for i, o := range []talk.Observed{
		{Sender: "barista", Message: hi, Before: "", After: "idle"},
		{Sender: "barista", Message: chat.Text("Which size?"), Before: "idle", After: "size"},
		{Sender: "barista", Message: chat.Text("No"), Before: "size", After: "size"},
		{Sender: "other", Message: chat.Text("?"), Before: "size", After: "size"},
	} {
		turn, w := want.Talks[0].Turns[i].Observe(o, "barista")
		got.Talks[0].Turns[i] = turn
		wrong = append(wrong, w...)
	}
	require.Equal(t, []string{
		"the text differs",
		"the room goes to size, expected to stay in idle",
		"barista speaks, expected boss",
		"the bot answers, silence was expected",
	}, wrong)
	require.Equal(t, `# greets
ann joins
< ~ Welcome
= idle
ann: order
# asks
< Which size?
= size
ann: x
< No
= size
ann: y
<other> ?
`, got.String(), "what was met stays, comments too")
	require.Equal(t, `x.txt:5:
    ann: order
  - < Small or large?
  + < Which size?
  + = size
x.txt:8:
    ann: x
  - <boss> No
  + < No
    = size
x.txt:11:
    ann: y
  + <other> ?
`, talk.Diff(want, got))
	require.Empty(t, talk.Diff(want, want))
}

func TestObserveSilence(t *testing.T) {
	f := parse(t, "ann: x\n< y\n= z\n")
	got, wrong := f.Talks[0].Turns[0].Observe(talk.Observed{}, "b")
	require.Equal(t, []string{"the bot is silent, an answer was expected", `the room is in "", expected z`}, wrong)
	require.Equal(t, "ann: x\n", got.String())
}
