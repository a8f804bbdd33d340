package chat_test

import (
	"os"
	"sync"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

var (
	ann   = event.User{ID: "ann", Nickname: "Ann"}
	bob   = event.User{ID: "bob", Nickname: "Bob"}
	start = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
)

func newRoom(state string) *chat.Room {
	return chat.NewRoom(chat.Config{ID: "demo-room", BotState: state, Now: chat.Ticking(start, time.Second), NewID: chat.ObjectIDs("test")})
}

func post(t testing.TB, r *chat.Room, by event.User, fields string) chat.Event {
	e, err := r.Post(by, jsontext.Value(fields))
	require.NoError(t, err)
	return e
}

func TestRequestMatchesSpec(t *testing.T) {
	room := newRoom("")
	e := post(t, room, ann, `{"message":"Bonjour 2"}`)
	bare, _ := chat.QuirkByName("bare")
	id := room.Messages()[0].ID
	require.Regexp(t, `^69a3f200[0-9a-f]{16}$`, id, "begins with the time")
	require.Equal(t, `{"roomID":"demo-room","event":"MESSAGE","data":{"_id":"`+id+`","message":"Bonjour 2","room":"demo-room",`+
		`"sender":{"_id":"ann","nickname":"Ann","isRobot":false,"lastLoginTimeMS":0,"id":"ann"},"messageType":"text","appID":"SampleApp",`+
		`"__v":0,"messageTime":"2026-03-01T08:00:00.000Z","messageTimeMS":1772352000000,"id":"`+id+`"}}`, string(room.Request(e, bare)))
}

func TestMembershipMatchesSpec(t *testing.T) {
	sss := event.User{ID: "sss", Nickname: "Desirae"}
	doris := event.User{ID: "robot001", Nickname: "Doris Robot", IsRobot: true}
	ccc := event.User{ID: "ccc", Nickname: "Aurora"}
	room := newRoom("")
	bare, _ := chat.QuirkByName("bare")
	for _, c := range []struct {
		file string
		e    chat.Event
	}{
		{"spec_join_room", room.Join(sss)},
		{"spec_add_members", room.Add(sss, doris)},
		{"spec_delete_members", room.Remove(sss, ccc)},
	} {
		want, err := os.ReadFile("../../../testdata/events/" + c.file + ".json")
		require.NoError(t, err)
		require.NoError(t, (*jsontext.Value)(&want).Compact())
		require.Equal(t, string(want), string(room.Request(c.e, bare)), c.file)
	}
	require.Equal(t, []event.User{sss, doris}, room.Members())
}

func TestRequestDecodes(t *testing.T) {
	room := newRoom("size")
	events := []chat.Event{
		room.Join(ann), room.Add(ann, bob), room.Remove(ann, bob),
		post(t, room, ann, `{"messageType":"video","width":640,"duration":3.5,"extra":{"bytes":1}}`),
		{Kind: "TYPING", ClientID: "ann", Data: jsontext.Value(`[1]`)},
		{Kind: "NOTHING"},
	}
	for _, e := range events {
		got, err := event.Decode(room.Request(e))
		require.NoError(t, err)
		require.Equal(t, e.Kind, got.Kind())
		require.Equal(t, "size", got.Head().BotState)
		require.Equal(t, e.ClientID, got.Head().ClientID)
		for _, q := range chat.Quirks() {
			body := room.Request(e, q)
			require.True(t, body.IsValid(), q.Name)
			if q.Name == "room-in-data" {
				continue // an event whose data names no room has none then
			}
			got, err := event.Decode(body)
			require.NoError(t, err, q.Name)
			require.Equal(t, "demo-room", got.Head().RoomID, q.Name)
		}
	}
}

func TestQuirksChangeSomething(t *testing.T) {
	room := newRoom("size")
	e := post(t, room, ann, `{"messageType":"video","width":640,"extra":{"bytes":1}}`)
	plain := string(room.Request(e))
	for _, q := range chat.Quirks() {
		require.NotEqual(t, plain, string(room.Request(e, q)), q.Name)
		require.NotEmpty(t, q.About)
	}
	require.Equal(t, plain, string(room.Request(e)), "a quirk must not leave traces")
	_, ok := chat.QuirkByName("nonsense")
	require.False(t, ok)
}

func TestPostKeepsOddities(t *testing.T) {
	room := newRoom("")
	e := post(t, room, ann, `{"_id":"own","message":{"a":1},"sender":null,"weather":"a\ud83d"}`)
	require.Contains(t, string(e.Data), `"message":{"a":1}`)
	require.Contains(t, string(e.Data), `"sender":null`)
	require.Contains(t, string(e.Data), `"weather":"a\ud83d"`)
	require.Equal(t, "own", room.Messages()[0].ID)
	for _, bad := range []string{``, `null`, `[]`, `{"a":1}{}`, `{"a":1,"a":2}`, `{"a":`} {
		_, err := room.Post(ann, jsontext.Value(bad))
		require.Error(t, err, bad)
	}
	require.Len(t, room.Messages(), 1)
}

func TestEdit(t *testing.T) {
	room := newRoom("")
	first := post(t, room, ann, `{"message":"helo"}`)
	id := room.Messages()[0].ID
	e, err := room.Edit(id, chat.Text("hello"))
	require.NoError(t, err)
	require.Contains(t, string(e.Data), `"message":"hello"`)
	require.Contains(t, string(e.Data), `"editedAt":"2026-03-01T08:00:01.000Z"`)
	require.Contains(t, string(first.Data), `"message":"helo"`, "an event that is out does not change")
	require.Len(t, room.Messages(), 1)
	_, err = room.Edit("none", chat.Text("x"))
	require.ErrorIs(t, err, chat.ErrNoMessage)
	_, err = room.Edit(id, nil)
	require.Error(t, err)
}

func TestApply(t *testing.T) {
	size, reset := "size", ""
	room := newRoom("idle")
	room.Add(ann, event.User{ID: "barista", Nickname: "Barista"})

	require.Nil(t, room.Apply(chat.Answer{}))
	require.Equal(t, "idle", room.BotState(), "null keeps")

	m := room.Apply(chat.Answer{SenderID: "barista", ToBotState: &size, Data: jsontext.Value(`{"messageType":"text","message":"Hi","room":"x"}`)})
	require.Equal(t, "size", room.BotState())
	require.Equal(t, "Barista", m.Sender.Nickname)
	require.Contains(t, string(m.JSON), `"room":"demo-room"`)
	require.Len(t, room.Messages(), 1)

	echo, err := event.Decode(room.Request(chat.MessageEvent(*m)))
	require.NoError(t, err)
	require.Equal(t, "barista", echo.From().ID)

	require.True(t, room.Apply(chat.Answer{SenderID: "ghost", Data: chat.Text("boo")}).Sender.IsRobot)
	room.Apply(chat.Answer{ToBotState: &reset})
	require.Equal(t, "", room.BotState(), "empty resets")
}

func TestFork(t *testing.T) {
	room := newRoom("idle")
	room.Join(ann)
	post(t, room, ann, `{"message":"one"}`)
	fork, snapshot := room.Fork("other"), room.Fork(room.ID())
	post(t, room, ann, `{"message":"two"}`)
	post(t, snapshot, ann, `{"message":"another two"}`)
	_, err := room.Edit(room.Messages()[0].ID, chat.Text("changed"))
	require.NoError(t, err)
	require.Contains(t, string(room.Messages()[1].JSON), `"message":"two"`)
	require.Contains(t, string(snapshot.Messages()[1].JSON), `"message":"another two"`)
	snapshot = snapshot.Fork("demo-room")
	_, err = snapshot.Edit(snapshot.Messages()[1].ID, jsontext.Value(`{"message":"last"}`))
	require.NoError(t, err)
	room.Join(bob)
	room.SetBotState("size")
	room.SetBotMode(true)
	for _, f := range []*chat.Room{fork, snapshot} {
		require.Contains(t, string(f.Messages()[0].JSON), `"message":"one"`)
		require.Len(t, f.Members(), 1)
		require.Equal(t, "idle", f.BotState())
		require.False(t, f.BotMode())
		require.Equal(t, room.AppID(), f.AppID())
	}
	require.Len(t, fork.Messages(), 1)
	require.Contains(t, string(fork.Messages()[0].JSON), `"room":"other"`)
	require.Contains(t, string(snapshot.Messages()[0].JSON), `"room":"demo-room"`)
}

func TestConcurrentUse(t *testing.T) {
	room := chat.NewRoom(chat.Config{ID: "demo-room"})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				e := post(t, room, ann, `{"message":"x"}`)
				room.Request(e)
				room.Join(bob)
				room.Remove(ann, bob)
				room.Apply(chat.Answer{SenderID: "b", Data: chat.Text("y")})
				room.Fork(room.ID()).Messages()
			}
		})
	}
	wg.Wait()
	ids := map[string]bool{}
	for _, m := range room.Messages() {
		require.Len(t, m.ID, 24)
		ids[m.ID] = true
	}
	require.Len(t, ids, 800, "no ID twice")
}
