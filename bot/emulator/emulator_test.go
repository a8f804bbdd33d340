package emulator_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/funtekco/webhookbot/bot/emulator/internal/orderbot"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

func TestOrder(t *testing.T) {
	remote := httptest.NewServer(orderbot.Bot())
	defer remote.Close()
	for _, c := range []struct {
		name string
		cfg  emulator.Config
		why  string
	}{
		{"in process", emulator.Config{Handler: orderbot.Bot(), Machine: orderbot.Flow}, "what -chat of an example does"},
		{"by URL", emulator.Config{Webhook: remote.URL + "/hook"}, "a bot in any language"},
		{"both", emulator.Config{Webhook: "/hook?x=1", Handler: orderbot.Bot()}, "a mux in this process, at a path"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := open(t, c.cfg)
			for _, step := range []struct{ text, before, after string }{
				{"order", "", "size"}, {"gigantic", "size", "size"}, {"small", "size", "confirm"}, {"yes", "confirm", "idle"},
			} {
				got := p.say("ann", step.text)
				require.Equal(t, "kept", got.Verdict.Grade, got.Verdict.Notes)
				require.Equal(t, step.before, got.Before, c.why)
				require.Equal(t, step.after, got.After)
				require.Equal(t, 200, got.Status)
				require.Len(t, got.Exchanges, 1)
				require.Contains(t, got.Exchanges[0].Request, `"botState":"`+step.before+`"`)
			}
			seen := p.lines("demo").Items
			require.Len(t, seen, 8)
			require.Equal(t, "order", seen[0].Message.Message)
			require.Equal(t, "template", seen[1].Message.MessageType)
			require.True(t, seen[1].Bot)
			require.Equal(t, "Coming up!", seen[7].Message.Message)
		})
	}
}

func TestEvents(t *testing.T) {
	p := open(t, emulator.Config{})
	act := func(body string) turn { return decode[turn](t, p.post("/api/rooms/demo/acts", body)) }

	got := act(`{"verb":"joins","who":"bob"}`)
	require.Contains(t, got.Exchanges[0].Request, `"event":"JOIN_ROOM"`)
	require.Contains(t, got.Exchanges[0].Response, "Welcome, Bob")
	got = act(`{"verb":"adds","who":"ann","whom":["carol"]}`)
	require.Contains(t, got.Exchanges[0].Request, `"event":"ADD_MEMBERS"`)
	got = act(`{"verb":"removes","who":"ann","whom":["carol","bob"]}`)
	require.Contains(t, got.Exchanges[0].Request, `"event":"DELETE_MEMBERS"`)
	got = act(`{"verb":"event","who":"ann","kind":"TYPING","data":{"room":"demo"}}`)
	require.Contains(t, got.Exchanges[0].Request, `"event":"TYPING"`)
	got = act(`{"verb":"leaves","who":"ann"}`)
	require.Contains(t, got.Exchanges[0].Request, `"members":[{"_id":"ann"`)
	got = act(`{"verb":"at","state":"size"}`)
	require.True(t, got.Silent)
	require.Empty(t, got.Exchanges)
	require.Equal(t, "size", got.After)

	var texts []string
	for _, l := range p.lines("demo").Items {
		texts = append(texts, l.Text)
	}
	require.Equal(t, []string{"Bob joined", "", "Ann added Carol", "Ann removed Carol, Bob", "Event TYPING sent", "Ann left", "State set to size"}, texts)
	require.Empty(t, p.state().Rooms[0].Members)
}

func TestQuirksAndEdits(t *testing.T) {
	p := open(t, emulator.Config{})
	got := decode[turn](t, p.post("/api/rooms/demo/acts", `{"verb":"says","who":"ann","message":{"messageType":"text","message":"helo"},"quirks":["robot","null-fields"]}`))
	require.Contains(t, got.Exchanges[0].Request, `"robotID":"robot001"`)
	require.Contains(t, got.Exchanges[0].Request, `"reply":null`)
	require.NotContains(t, got.Exchanges[0].Request, `"botState"`)

	got = decode[turn](t, p.post("/api/rooms/demo/acts", `{"verb":"edits","who":"ann","message":{"message":"hello"}}`))
	require.Contains(t, got.Exchanges[0].Request, `"editedAt":"`)
	seen := p.lines("demo").Items
	require.Equal(t, "hello", seen[0].Message.Message)
	require.NotEmpty(t, seen[0].Message.EditedAt)
}

func TestRefusals(t *testing.T) {
	p := open(t, emulator.Config{})
	for _, c := range []struct {
		method, path, body string
		status             int
		why                string
	}{
		{"POST", "/api/rooms/none/acts", `{"verb":"joins","who":"ann"}`, 404, "no such room"},
		{"POST", "/api/rooms/demo/acts", `{"verb":"flies","who":"ann"}`, 422, "no such verb"},
		{"POST", "/api/rooms/demo/acts", `{"verb":"says","who":"ann"}`, 422, "nothing said"},
		{"POST", "/api/rooms/demo/acts", `{"verb":"says","who":"ann","message":["x"]}`, 422, "a message is an object"},
		{"POST", "/api/rooms/demo/acts", `{"verb":"adds","who":"ann"}`, 422, "nobody to add"},
		{"POST", "/api/rooms/demo/acts", `{"verb":"joins","who":"ann","quirks":["none"]}`, 422, "no such quirk"},
		{"POST", "/api/rooms/demo/acts", `{"verb":"edits","who":"bob","message":{"message":"x"}}`, 422, "Bob said nothing"},
		{"POST", "/api/rooms/demo/acts", `{`, 400, "no JSON"},
		{"POST", "/api/rooms/demo/faults", `{"name":"none"}`, 404, "no such fault"},
		{"POST", "/api/rooms/demo/rewind", `{"turn":99}`, 404, "no such turn"},
		{"POST", "/api/rooms/demo/fork", `{"turn":99}`, 404, "no such turn"},
		{"POST", "/api/rooms/demo/undo", `{}`, 422, "nothing was rewound"},
		{"POST", "/api/rooms", `{"id":"demo"}`, 409, "taken"},
		{"POST", "/api/rooms", `{"id":" "}`, 422, "no name"},
		{"POST", "/api/users", `{}`, 422, "no ID"},
		{"POST", "/api/transcripts", `{"text":"< hi"}`, 422, "an answer without a question"},
		{"DELETE", "/api/rooms/demo", `{}`, 422, "the last room"},
		{"GET", "/api/rooms/none/lines", ``, 404, "no such room"},
		{"GET", "/api/rooms/demo/turns/7", ``, 404, "no such turn"},
		{"GET", "/nothing.js", ``, 404, "no such file"},
		{"GET", "/go.mod", ``, 404, "no such kind of file"},
		{"DELETE", "/api/state", ``, 405, "state is read only"},
	} {
		status, got := p.do(c.method, c.path, c.body)
		require.Equal(t, c.status, status, "%s %s %s: %s: %s", c.method, c.path, c.body, c.why, got)
	}
	require.Zero(t, p.state().Rooms[0].Turns, "what is refused leaves no trace")
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		name, text   string
		grade, codes string
		lines        int
		after        string
		why          string
	}{
		{"no-op", `answer {"toBotState":null,"data":null}`, "kept", "", 1, "", "silence is fine"},
		{"move", `answer {"toBotState":"size"}`, "kept", "", 1, "size", "a move needs no words"},
		{"undeclared", `answer {"toBotState":"sized"}`, "careful", "undeclared-state", 1, "sized", "the machine is known and has no such state"},
		{"stranger", `message {"messageType":"text","message":"hi"}`, "kept", "not-a-member", 2, "", "pointed out, no fault"},
		{"nobody", `answer {"data":{"messageType":"text","message":"hi"}}`, "broken", "sender-missing", 2, "", "invisible in the web client"},
		{"array", `answer {"senderID":"b","data":[]}`, "broken", "data-array", 1, "", "one message"},
		{"not JSON", `answer <html>`, "broken", "syntax", 1, "", "an error page"},
		{"failure", `status 500`, "broken", "status not-applied", 1, "", "has no effect"},
		{"panic", `panic`, "broken", "no-answer", 1, "", "net/http sends nothing then"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := open(t, emulator.Config{Machine: orderbot.Flow})
			got := p.say("ann", c.text)
			require.Equal(t, c.grade, got.Verdict.Grade, c.why)
			require.Equal(t, c.codes, got.codes(), c.why)
			require.Equal(t, c.after, got.After)
			require.Len(t, p.lines("demo").Items, c.lines)
		})
	}
}

func TestBotModeOff(t *testing.T) {
	p := open(t, emulator.Config{})
	status, _ := p.do("PUT", "/api/rooms/demo/mode", `{"botMode":false}`)
	require.Equal(t, 200, status)
	got := p.say("ann", "order")
	require.True(t, got.Silent)
	require.Equal(t, "bot-mode", got.codes())
	require.Len(t, p.lines("demo").Items, 1)
}

func TestRewindAndFork(t *testing.T) {
	p := open(t, emulator.Config{})
	p.say("ann", "order")
	small := p.say("ann", "small")
	p.say("ann", "yes")

	fork := decode[struct{ ID string }](t, p.post("/api/rooms/demo/fork", `{"turn":`+itoa(small.ID)+`}`))
	require.Equal(t, "demo fork", fork.ID)
	require.Len(t, p.lines("demo%20fork").Items, 4)

	p.post("/api/rooms/demo/rewind", `{"turn":`+itoa(small.ID)+`}`)
	rooms := p.state().Rooms
	require.Equal(t, "size", rooms[0].BotState)
	require.Equal(t, 1, rooms[0].Turns)
	require.True(t, rooms[0].CanUndo)
	require.Equal(t, "confirm", rooms[1].BotState, "the fork is a room of its own")

	p.post("/api/rooms/demo/undo", `{}`)
	require.Len(t, p.lines("demo").Items, 6)
	require.Equal(t, "idle", p.state().Rooms[0].BotState)

	p.post("/api/rooms/demo/rewind", `{"turn":`+itoa(small.ID)+`}`)
	again := p.say("ann", "large")
	require.Equal(t, "confirm", again.After)
	require.Contains(t, again.Exchanges[0].Request, `"roomID":"demo"`)
	require.NotContains(t, p.get("/api/rooms/demo/lines"), "Coming up")

	status, _ := p.do("DELETE", "/api/rooms/demo%20fork", `{}`)
	require.Equal(t, 200, status)
	require.Len(t, p.state().Rooms, 1)
}

func TestForksDoNotShareWhatFollows(t *testing.T) {
	p := open(t, emulator.Config{})
	p.say("ann", "first")
	p.say("ann", "second")
	third := p.say("ann", "third")
	p.say("ann", "fourth")
	p.post("/api/rooms/demo/fork", `{"turn":`+itoa(third.ID)+`,"id":"fork"}`)
	p.post("/api/rooms/fork/acts", `{"verb":"says","who":"ann","message":{"messageType":"text","message":"elsewhere"}}`)
	require.Equal(t, "fourth", p.lines("demo").Items[6].Message.Message)
	require.Equal(t, "elsewhere", p.lines("fork").Items[6].Message.Message)
}

func TestRewindTakesBackAnEdit(t *testing.T) {
	p := open(t, emulator.Config{})
	p.say("ann", "helo")
	edit := decode[turn](t, p.post("/api/rooms/demo/acts", `{"verb":"edits","who":"ann","message":{"message":"hello"}}`))
	require.Equal(t, "hello", p.lines("demo").Items[0].Message.Message)
	p.post("/api/rooms/demo/rewind", `{"turn":`+itoa(edit.ID)+`}`)
	require.Equal(t, "helo", p.lines("demo").Items[0].Message.Message)
}

func TestRewindWhileTheBotThinks(t *testing.T) {
	asked, release := make(chan bool), make(chan bool)
	p := open(t, emulator.Config{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.RawQuery, "") {
			asked <- true
			<-release
		}
		orderbot.Bot().ServeHTTP(w, r)
	})})
	done := make(chan turn)
	go func() { done <- p.say("ann", "order") }()
	<-asked
	id := decode[struct{ Items []turn }](t, p.get("/api/rooms/demo/turns")).Items[0].ID
	p.post("/api/rooms/demo/rewind", `{"turn":`+itoa(id)+`}`)
	release <- true
	require.Equal(t, "rewound", (<-done).codes())
	require.Empty(t, p.lines("demo").Items)
	require.Equal(t, "", p.state().Rooms[0].BotState)
}

func TestLinesInParts(t *testing.T) {
	p := open(t, emulator.Config{})
	for range 30 {
		p.say("ann", "x")
	}
	last := decode[lines](t, p.get("/api/rooms/demo/lines?limit=20"))
	require.Len(t, last.Items, 20)
	require.Equal(t, 40, last.Before)
	first := decode[lines](t, p.get("/api/rooms/demo/lines?limit=100&before="+itoa(last.Items[0].ID)))
	require.Len(t, first.Items, 40)
	require.Zero(t, first.Before)
	require.Less(t, first.Items[39].ID, last.Items[0].ID)
	next := decode[lines](t, p.get("/api/rooms/demo/lines?limit=5&after="+itoa(first.Items[38].ID)))
	require.Len(t, next.Items, 5)
	require.Equal(t, first.Items[39].ID, next.Items[0].ID)
	require.Equal(t, 39, next.Before)
	require.Equal(t, 16, next.More)
}

func TestPeople(t *testing.T) {
	doris := event.User{ID: "doris", Nickname: "Doris", IsRobot: true}
	p := open(t, emulator.Config{Users: []event.User{{ID: "zoe", Nickname: "Zoe"}, doris}, Rooms: []string{"a", "b"}})
	s := p.state()
	require.Len(t, s.Rooms, 2)
	require.Equal(t, []struct{ ID, Nickname string }{{"zoe", "Zoe"}, {"doris", "Doris"}}, s.Rooms[1].Members)
	p.post("/api/users", `{"_id":"zoe","nickname":"Zoë"}`)
	require.Equal(t, "Zoë", p.state().Users[0].Nickname)
}

func TestConfig(t *testing.T) {
	for _, c := range []struct {
		cfg  emulator.Config
		want string
		why  string
	}{
		{emulator.Config{}, "needs a Webhook or a Handler", "nobody to talk to"},
		{emulator.Config{Webhook: "bot.example/s3cret-s3cret-s3cret"}, "not an http or https URL", "a scheme is missing"},
		{emulator.Config{Webhook: "http://%zz/s3cret-s3cret-s3cret"}, "not a URL", "unreadable"},
		{emulator.Config{Handler: orderbot.Bot(), Rooms: []string{"a", "a"}}, "room of this name already", "twice"},
	} {
		_, err := emulator.New(c.cfg)
		require.ErrorContains(t, err, c.want, c.why)
		require.NotContains(t, err.Error(), "s3cret")
	}
}
