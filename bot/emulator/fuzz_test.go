package emulator_test

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

// FuzzAnswers lets a bot answer anything: the emulator judges it, and what the page
// gets is JSON.
func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		`{"senderID":"b","toBotState":"size","data":{"messageType":"text","message":"hi"}}`, `{"data":{"_id":7,"messageType":"text","messageType":1,"message":"\ud83d"}}`,
		`[]`, ``, `{"senderID":"","data":{"template":{"actions":[{"type":"message","label":"a","text":"b"}]}}}`, "\xff", `{"toBotState":"` + "\u2028" + `"}`,
	} {
		f.Add([]byte(body), 200, "application/json")
		f.Add([]byte(body), 500, "text/html; charset=x")
	}
	var status int
	var kind string
	var body []byte
	url := open(f, emulator.Config{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		w.Write(body)
	})}).url
	f.Fuzz(func(t *testing.T, b []byte, s int, k string) {
		status, kind, body = 200+(s%400+400)%400, k, b
		p := &client{t, url}
		got := p.say("ann", "hi")
		require.NotEmpty(t, got.Verdict.Grade)
		if status != http.StatusOK {
			require.Equal(t, "broken", got.Verdict.Grade)
		}
		for _, path := range []string{"/lines?limit=2", "/turns?limit=1", "/turns/" + strconv.Itoa(got.ID)} {
			v := jsontext.Value(p.get("/api/rooms/demo" + path))
			require.True(t, v.IsValid(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true)), path)
		}
		saved := p.get("/api/rooms/demo/transcript")
		require.Contains(t, saved, "ann: hi")
		p.post("/api/rooms/demo/rewind", `{"turn":`+itoa(got.ID)+`}`)
	})
}
