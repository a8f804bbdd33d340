package event_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

const head = `"roomID":"r","event":"MESSAGE","data":`

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct {
		name, body string
		pointer    string
		rule       error
		why        string
	}{
		{"empty", ``, "", event.ErrSyntax, "no document at all"},
		{"blank", " \n", "", event.ErrSyntax, "no document at all"},
		{"null", `null`, "/event", event.ErrMissing, "no envelope"},
		{"array", `[]`, "", event.ErrType, "no envelope"},
		{"string", `"x"`, "", event.ErrType, "no envelope"},
		{"truncated", `{"event":"MESS`, "/event", event.ErrSyntax, "cut off on the way"},
		{"trailing", `{` + head + `{}} {}`, "", event.ErrSyntax, "two documents could be read as either"},
		{"comment", `{/**/` + head + `{}}`, "", event.ErrSyntax, "not JSON"},
		{"bom", "\ufeff{" + head + `{}}`, "", event.ErrSyntax, "JSON on the wire has no byte order mark"},
		{"nan", `{` + head + `{"width":NaN}}`, "/data/width", event.ErrSyntax, "not JSON"},
		{"bad utf-8", `{` + head + "{\"message\":\"\xff\"}}", "", event.ErrUTF8, "a decoder would change it silently"},
		{"duplicate envelope name", `{"roomID":"a",` + head + `{}}`, "/roomID", event.ErrDuplicate, "two readers would see two rooms"},
		{"duplicate sender", `{` + head + `{"sender":{"_id":"a"},"sender":{"_id":"b"}}}`, "/data/sender", event.ErrDuplicate, "the merge of two senders is nobody"},
		{"duplicate unknown name", `{` + head + `{"x":{"y":1,"y":2}}}`, "/data/x/y", event.ErrDuplicate, "at any depth"},
		{"control character", "{" + head + "{\"message\":\"a\tb\"}}", "/data/message", event.ErrSyntax, "must be escaped"},
		{"leading zero", `{` + head + `{"messageTimeMS":012}}`, "/data", event.ErrSyntax, "not a JSON number"},
		{"clientID number", `{"clientID":7,` + head + `{}}`, "/clientID", event.ErrType, "could be the bot itself"},
		{"crowded", `{` + head + `{"mentions":[` + strings.Repeat(`"",`, 70_000) + `""]}}`, "", event.ErrValues, "a small body that becomes a large one"},
		{"deep", strings.Repeat(`[`, 65) + strings.Repeat(`]`, 65), "", event.ErrDepth, "one more than the limit"},
		{"no event", `{"roomID":"r"}`, "/event", event.ErrMissing, "nothing to route by"},
		{"null event", `{"roomID":"r","event":null}`, "/event", event.ErrMissing, "nothing to route by"},
		{"wrong-case event", `{"roomID":"r","EVENT":"MESSAGE"}`, "/event", event.ErrMissing, "names are matched exactly"},
		{"long s in event", `{"roomID":"r","event":1,"me\u017fsage":"x"}`, "/event", event.ErrType, "no case folding of any kind"},
		{"event number", `{"roomID":"r","event":7}`, "/event", event.ErrType, "a wrong guess runs the wrong handler"},
		{"roomID number", `{"roomID":7,"event":"MESSAGE","data":{}}`, "/roomID", event.ErrType, "would answer into another room"},
		{"botState object", `{"botState":{},` + head + `{}}`, "/botState", event.ErrType, "would run another state's handler"},
		{"sender id number", `{` + head + `{"sender":{"_id":7}}}`, "/data/sender/_id", event.ErrType, "could be the bot itself"},
		{"sender array", `{` + head + `{"sender":[]}}`, "/data/sender", event.ErrType, "could be the bot itself"},
		{"sender alias number", `{` + head + `{"sender":{"id":7,"nickname":1}}}`, "/data/sender/id", event.ErrType, "could be the bot itself"},
		{"data string", `{` + head + `"x"}`, "/data", event.ErrType, "a message is an object"},
		{"data first and wrong", `{"data":[],"roomID":"r","event":"MESSAGE"}`, "/data", event.ErrType, "order must not matter"},
		{"no room", `{"event":"MESSAGE","data":{}}`, "/roomID", event.ErrMissing, "nowhere to answer"},
		{"rooms differ", `{` + head + `{"room":"other"}}`, "/data/room", event.ErrRoom, "one of the two is a lie"},
		{"secret name", `{"my secret":1,"my secret":2}`, "/?", event.ErrDuplicate, "names are content too"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := event.Decode([]byte(c.body))
			require.Nil(t, e)
			var de *event.DecodeError
			require.ErrorAs(t, err, &de, c.why)
			require.ErrorIs(t, err, c.rule, c.why)
			require.Equal(t, c.pointer, de.Pointer)
			require.NotContains(t, err.Error(), "secret")
		})
	}
}

func TestDecodeForgives(t *testing.T) {
	for _, c := range []struct {
		name, data string
		check      func(*testing.T, *event.Message)
		why        string
	}{
		{"nickname number", `{"sender":{"_id":"a","nickname":7},"message":"x"}`, func(t *testing.T, m *event.Message) {
			require.Equal(t, "a", m.Sender.ID)
			require.Empty(t, m.Sender.Nickname)
			require.Equal(t, "a", m.Sender.String())
		}, "a display name must not make the bot deaf"},
		{"time as float", `{"messageTimeMS":1545461549380.0}`, func(t *testing.T, m *event.Message) {
			require.EqualValues(t, 1545461549380, m.MessageTimeMS)
		}, "JavaScript has one number type"},
		{"time as string", `{"messageTimeMS":"1545461549380"}`, func(t *testing.T, m *event.Message) {
			require.EqualValues(t, 1545461549380, m.MessageTimeMS)
		}, "seen from one client"},
		{"huge number", `{"messageTimeMS":1e400,"width":9223372036854775808}`, func(t *testing.T, m *event.Message) {
			require.Zero(t, m.MessageTimeMS)
			require.Zero(t, m.Width)
			require.Contains(t, m.Data(), "1e400")
		}, "what no type holds stays in Raw"},
		{"alias alone", `{"sender":{"id":"a"},"_id":null,"id":"m"}`, func(t *testing.T, m *event.Message) {
			require.Equal(t, "a", m.Sender.ID)
			require.Equal(t, "m", m.ID)
		}, "newer and older payloads have one of the two names"},
		{"stray room", `{"roomId":"other","message":"x"}`, func(t *testing.T, m *event.Message) {
			require.Equal(t, "r", m.RoomID)
		}, "a client's own copy must not contradict the server"},
		{"latitude string", `{"messageType":"location","latitude":"25.03"}`, func(t *testing.T, m *event.Message) {
			require.Contains(t, m.Raw(), "25.03")
		}, "one client library types it so"},
		{"lone surrogate", `{"message":"a\ud83db"}`, func(t *testing.T, m *event.Message) {
			require.Equal(t, "a\ufffdb", m.Text())
		}, "half an emoji"},
		{"array for object", `{"reply":[1],"reactions":{},"mentions":"x","template":3,"contents":[]}`, func(t *testing.T, m *event.Message) {
			require.Empty(t, m.Reactions)
		}, "shapes nobody has seen yet"},
		{"odd inside encoded", `{"images":"[{\"width\":\"640\",\"originalUrl\":\"https://x\"}]"}`, func(t *testing.T, m *event.Message) {
			require.Equal(t, 640, m.Content.Images[0].Width)
			require.Equal(t, "https://x", m.Content.Images[0].OriginalURL)
		}, "JSON inside a string is read by the same rules"},
		{"wrong element", `{"mentions":["a",1,null,"b"]}`, func(t *testing.T, m *event.Message) {
			require.Equal(t, []string{"a", "", "", "b"}, m.Mentions)
		}, "one bad element leaves the others"},
		{"reply.sender wrong", `{"reply":{"_id":"1","sender":7}}`, func(t *testing.T, m *event.Message) {
			require.Equal(t, "1", m.Reply.ID)
			require.Empty(t, m.Reply.Message.Sender.ID)
		}, "only the event's own sender routes"},
		{"null everywhere", `{"_id":null,"message":null,"sender":null,"reply":null,"mentions":null,"extra":null,"messageTimeMS":null}`, func(t *testing.T, m *event.Message) {
			require.Empty(t, m.Text())
			require.Equal(t, "c", m.Sender.ID)
		}, "null means absent; the sender is the envelope's"},
		{"depth at limit", `{"x":` + strings.Repeat(`[`, 62) + strings.Repeat(`]`, 62) + `}`, func(*testing.T, *event.Message) {}, "64 levels with envelope and data"},
		{"brackets in text", `{"message":"` + strings.Repeat(`[{\"`, 100) + `"}`, func(*testing.T, *event.Message) {}, "text does not nest"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := event.Decode([]byte(`{"clientID":"c",` + head + c.data + `}`))
			require.NoError(t, err, c.why)
			c.check(t, e.(*event.Message))
		})
	}
}

func TestDecodeQuirks(t *testing.T) {
	all := payloads(t)
	message := func(name string) *event.Message {
		e, err := event.Decode(all[name])
		require.NoError(t, err, name)
		return e.(*event.Message)
	}
	require.Equal(t, "hello from LINE", message("line_text").Text())
	require.Empty(t, message("line_sticker").Text())
	require.Equal(t, "Look at these", message("mixed").Text())
	require.Equal(t, "1111234", message("message_number").Text())
	require.Empty(t, message("message_object").Text())
	require.JSONEq(t, `{"orderNo":17,"paid":true}`, string(message("message_object").Body.JSON()))
	require.Empty(t, message("encrypted").Text(), "ciphertext is no command")
	require.Equal(t, "streamed answer", message("ai_streaming").Text())
	require.Equal(t, "Hello", message("type_absent").Text())

	require.Equal(t, "ann", message("sender_id").Sender.ID)
	require.Equal(t, "ann", message("sender_alias_only").Sender.ID)
	require.Equal(t, "66f0c0ffee00000000000001", message("id_alias_only").ID)
	require.Equal(t, "demo-room", message("room_only_in_data").RoomID)
	require.Equal(t, "robot001", message("legacy_robot").RobotID)
	require.True(t, message("is_pined").Pinned)
	require.InDelta(t, 3.21, message("duration_fraction").Duration, 1e-9)
	require.Equal(t, 640, message("numbers_as_strings").Width)
	require.Equal(t, "66f0c0ffee00000000000000", message("reply_id").Reply.ID)
	require.Equal(t, "Coffee?", message("reply_object").Reply.Message.Text())
	require.Nil(t, message("reply_null").Reply)

	require.False(t, message("botstate_null").HasBotState)
	require.True(t, message("botstate_empty").HasBotState)
	require.False(t, message("envelope_minimal").HasBotState)
	require.Equal(t, "SampleApp", message("spec_message").AppID, "taken from data")

	for name, want := range map[string]string{
		"time_iso_only":    "2026-03-01T08:09:10.123Z",
		"time_ms_only":     "2024-09-23T00:57:34Z",
		"time_only_in_id":  "2024-09-23T01:14:39Z",
		"spec_message":     "2018-12-22T06:52:29.38Z",
		"message_absent":   "2024-09-23T00:57:34Z",
		"duration_call":    "2024-09-23T00:57:34Z",
		"system_join_room": "2024-09-23T00:57:34Z",
	} {
		require.Equal(t, want, message(name).At().Format(time.RFC3339Nano), name)
	}

	for name, want := range map[string]string{
		"system_add_member_legacy": "bob", "system_add_members_2018": "bob eve", "system_add_members_2020": "bob eve",
		"system_delete_member": "bob", "system_delete_members": "bob", "system_join_room": "ann", "spec_message": "",
	} {
		var ids []string
		for _, u := range message(name).Members() {
			ids = append(ids, u.ID)
		}
		require.Equal(t, want, strings.Join(ids, " "), name)
		require.Equal(t, strings.HasPrefix(name, "system"), message(name).IsSystem(), name)
	}
}

func TestDecodeKeepsRaw(t *testing.T) {
	for name, body := range payloads(t) {
		e, err := event.Decode(body)
		require.NoError(t, err, name)
		require.Equal(t, string(body), e.Head().Raw())
		require.True(t, jsontext.Value(e.Head().Data()).IsValid(jsontext.AllowInvalidUTF8(true)), name)
	}
}

// Every prefix of every payload is refused, except where only white space is
// missing.
func TestDecodeTruncated(t *testing.T) {
	for name, body := range payloads(t) {
		whole := len(strings.TrimRight(string(body), "\n"))
		for i := range whole {
			_, err := event.Decode(body[:i])
			require.Error(t, err, "%s cut at %d", name, i)
		}
	}
}

func TestCommand(t *testing.T) {
	for _, c := range []struct {
		text string
		want event.Command
		why  string
	}{
		{"/order", event.Command{Name: "order"}, "the plain case"},
		{`/order large "to go"`, event.Command{Name: "order", Args: []string{"large", "to go"}, Rest: `large "to go"`}, "quotes keep blanks"},
		{"/Order@barista x", event.Command{Name: "order", Args: []string{"x"}, Rest: "x"}, "case and bot name do not matter"},
		{"  /order\nlarge", event.Command{Name: "order", Args: []string{"large"}, Rest: "large"}, "any blank ends the name"},
		{"/say “to go” now", event.Command{Name: "say", Args: []string{"to go", "now"}, Rest: "“to go” now"}, "phones curl quotes"},
		{`/say "open`, event.Command{Name: "say", Args: []string{"open"}, Rest: `"open`}, "a quote that never closes"},
		{`/say don't`, event.Command{Name: "say", Args: []string{"don't"}, Rest: "don't"}, "an apostrophe is no quote"},
		{"/", event.Command{}, "no name"}, {"/ order", event.Command{}, "no name"}, {"/@bot", event.Command{}, "no name"},
		{"order", event.Command{}, "no prefix"}, {"", event.Command{}, "no text"},
	} {
		require.Equal(t, c.want, event.ParseCommand(c.text), "%q: %s", c.text, c.why)
	}
	require.Equal(t, "order", event.ParseCommand("!order", "/", "!").Name)
	require.Empty(t, event.ParseCommand("order", "").Name, "an empty prefix would make every text a command")
}

func FuzzDecode(f *testing.F) {
	for _, body := range payloads(f) {
		f.Add(body)
	}
	for _, member := range []string{`"message":"a\tb"`, "\"message\":\"a\tb\"", `"messageTimeMS":012`, `"messageTimeMS":1234567890123456`, `"messageTimeMS":-1`, `"__v":1e3`, `"id":null`, `"roomId":"other"`} {
		f.Add([]byte(`{` + head + `{` + member + `}}`))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := event.Decode(body)
		slow, slowErr := event.DecodeAny(body)
		if (err == nil) != (slowErr == nil) || !reflect.DeepEqual(e, slow) {
			t.Fatalf("the two readers differ: %v, %v\n%#v\n%#v", err, slowErr, e, slow)
		}
		if err != nil {
			if _, ok := err.(*event.DecodeError); !ok {
				t.Fatalf("%T is no DecodeError", err)
			}
			return
		}
		if e.Kind() == "" || e.Head().RoomID == "" {
			t.Fatal("an event without kind or room came through")
		}
		if m, ok := e.(*event.Message); ok {
			m.Text()
			m.Command()
			m.Members()
			m.At()
		}
		out, err := event.Encode(e)
		if err != nil {
			t.Fatalf("encode: %v", err)
		}
		if _, err := event.Decode(out); err != nil {
			t.Fatalf("own encoding refused: %v\n%s", err, out)
		}
	})
}

// The usual bodies must take the fast way.
func TestPlain(t *testing.T) {
	all := payloads(t)
	for _, name := range []string{
		"spec_message", "spec_join_room", "spec_add_members", "spec_delete_members", "full_envelope", "botstate_empty", "user_bare",
	} {
		require.True(t, event.IsPlain(all[name]), name)
	}
	for name, body := range all {
		e, err := event.Decode(body)
		require.NoError(t, err, name)
		slow, err := event.DecodeAny(body)
		require.NoError(t, err, name)
		require.Equal(t, slow, e, name)
	}
}

func ExampleDecode() {
	e, err := event.Decode([]byte(`{"roomID":"demo-room","event":"MESSAGE","botState":"idle",
		"data":{"messageType":"text","message":"/order large","sender":{"_id":"ann","nickname":"Ann"}}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	m := e.(*event.Message)
	fmt.Println(m.RoomID, m.BotState, m.Sender, m.Command().Name, m.Command().Args)
	// Output: demo-room idle Ann order [large]
}

func ExampleDecodeError() {
	_, err := event.Decode([]byte(`{"roomID":7,"event":"MESSAGE"}`))
	fmt.Println(err)
	// Output: event: /roomID: wrong JSON type
}

func BenchmarkDecode(b *testing.B) {
	all := payloads(b)
	for _, name := range []string{"spec_message", "spec_join_room", "sender_id", "data_before_event"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(all[name])))
			for b.Loop() {
				if _, err := event.Decode(all[name]); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/general", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := event.DecodeAny(all[name]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
