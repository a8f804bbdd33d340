package chat_test

import (
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

func TestAnswer(t *testing.T) {
	good := `{"senderID":"b","toBotState":"size","data":{"messageType":"text","message":"hi"}}`
	for _, c := range []struct {
		name, body string
		codes      string
		why        string
	}{
		{"the spec's reply", good, "", "the shape everyone sends"},
		{"the spec's no-op", `{"toBotState":null,"data":null}`, "", "the documented way to do nothing"},
		{"nothing at all", `{}`, "", "all three fields are optional"},
		{"blanks around", " " + good + "\n", "", "white space is JSON"},
		{"reset", `{"toBotState":""}`, "", "empty is the default state"},
		{"silent move", `{"senderID":"b","toBotState":"size","data":null}`, "", "a move needs no words"},
		{"picture", `{"senderID":"b","data":{"messageType":"image","originalUrl":"u"}}`, "", "only a text needs a text"},
		{"empty", ``, "empty", "204 and empty bodies are documented nowhere"},
		{"blank", "\r\n", "empty", "the same"},
		{"html", `<html>`, "syntax", "a proxy's error page"},
		{"trailing", good + `{}`, "syntax", "two documents"},
		{"bom", "\ufeff" + good, "syntax", "not JSON"},
		{"array", `[]`, "object", "an envelope is an object"},
		{"null", `null`, "object", "an envelope is an object"},
		{"bad utf-8", "{\"toBotState\":\"\xff\"}", "utf8", "would be changed silently"},
		{"half an emoji", `{"toBotState":"\ud83d"}`, "utf8", "what a decoder makes of it is anyone's guess"},
		{"duplicate", `{"toBotState":"a","toBotState":"b"}`, "duplicate", "two readers see two states"},
		{"duplicate deep", `{"senderID":"b","data":{"messageType":"text","message":"x","extra":{"a":1,"a":2}}}`, "duplicate", "at any depth"},
		{"extra field", `{"toBotState":null,"data":null,"error":"x"}`, "unknown-field", "three fields are documented"},
		{"wrong case", `{"senderId":"b","toBotState":null}`, "unknown-field", "names are exact"},
		{"legacy flat reply", `{"toBotState":"","sender":"b","message":"x"}`, "unknown-field", "robot callbacks only"},
		{"sender number", `{"senderID":7,"data":null}`, "senderID", "a client ID is a string"},
		{"state number", `{"toBotState":7}`, "toBotState", "a state is a string"},
		{"data string", `{"senderID":"b","data":"hi"}`, "data", "a message is an object"},
		{"several messages", `{"senderID":"b","data":[{"messageType":"text","message":"x"}]}`, "data-array", "one message only"},
		{"nobody speaks", `{"data":{"messageType":"text","message":"x"}}`, "sender-missing", "invisible in the web client"},
		{"empty sender", `{"senderID":"","data":{"messageType":"text","message":"x"}}`, "sender-missing", "the same"},
		{"no type", `{"senderID":"b","data":{"message":"x"}}`, "messageType", "clients show nothing"},
		{"number text", `{"senderID":"b","data":{"messageType":"text","message":7}}`, "message", "the web client throws"},
		{"no text", `{"senderID":"b","data":{"messageType":"text"}}`, "message-empty", "an empty bubble"},
		{"empty message", `{"senderID":"b","data":{}}`, "data-without-keys", "null is nothing, {} is not"},
		{"names a sender", `{"senderID":"b","data":{"messageType":"text","message":"x","sender":"c"}}`, "sender-in-data", "a second voice"},
		{"many at once", `{"senderID":1,"toBotState":{},"data":{"message":2},"x":0}`, "senderID toBotState messageType message unknown-field sender-missing", "all of them, not the first"},
		{"too long", `{"toBotState":"` + strings.Repeat("x", chat.MaxAnswer) + `"}`, "size", "one more than allowed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, broken := chat.Response{200, "application/json", []byte(c.body)}.Answer()
			var codes []string
			for _, v := range broken {
				require.NotEmpty(t, v.Text)
				codes = append(codes, v.Code)
			}
			require.Equal(t, c.codes, strings.Join(codes, " "), c.why)
		})
	}
}

func TestAnswerHead(t *testing.T) {
	for _, c := range []struct {
		status int
		media  string
		codes  int
		why    string
	}{
		{200, "application/json", 0, "plain"},
		{200, "application/json; charset=UTF-8", 0, "UTF-8 by any case"},
		{200, "application/json; charset=latin1", 1, "JSON is UTF-8"},
		{200, "text/plain", 1, "Go's default for a handler that sets nothing"},
		{200, "", 1, "missing"},
		{500, "text/html", 2, "both"},
	} {
		_, broken := chat.Response{c.status, c.media, []byte(`{}`)}.Answer()
		require.Len(t, broken, c.codes, c.why)
	}
}

func TestAnswerValues(t *testing.T) {
	a, _ := chat.Response{200, "application/json", []byte(`{"senderID":"b","toBotState":"","data":{"messageType":"text","message":"hi"}}`)}.Answer()
	require.Equal(t, "b", a.SenderID)
	require.Equal(t, "", *a.ToBotState)
	require.Equal(t, `{"messageType":"text","message":"hi"}`, string(a.Data))
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"senderID":"b","toBotState":"size","data":{"messageType":"text","message":"hi"}}`))
	f.Add([]byte(`{"data":{"messageType":"text","messageType":1,"message":"\ud800"}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		a, broken := chat.Response{200, "application/json", body}.Answer()
		if len(broken) == 0 && a.Data != nil {
			require.NotEmpty(t, a.SenderID)
			require.True(t, a.Data.IsValid())
		}
		room := newRoom("")
		if m := room.Apply(a); m != nil {
			require.True(t, room.Request(chat.MessageEvent(*m)).IsValid(jsontext.AllowInvalidUTF8(true)))
		}
	})
}
