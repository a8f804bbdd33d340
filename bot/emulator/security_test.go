package emulator_test

import (
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/funtekco/webhookbot/bot/emulator/internal/orderbot"
	"github.com/stretchr/testify/require"
)

// TestRow51 is about requests forged on the server's side: a message names
// addresses and nobody fetches them.
func TestRow51NothingInAMessageIsFetched(t *testing.T) {
	var fetched atomic.Int32
	canary := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fetched.Add(1) }))
	defer canary.Close()
	p := open(t, emulator.Config{})
	u := canary.URL + "/secret"
	for _, m := range []string{
		`{"messageType":"image","originalUrl":"` + u + `","thumbnailUrl":"` + u + `","width":1,"height":1,"images":[{"originalUrl":"` + u + `"}]}`,
		`{"messageType":"video","originalUrl":"` + u + `","thumbnailUrl":"` + u + `"}`,
		`{"messageType":"file","originalUrl":"` + u + `","url":"` + u + `"}`,
		`{"messageType":"sticker","sticker":"` + u + `"}`,
		`{"messageType":"text","message":"` + u + ` ![x](` + u + `)"}`,
		`{"messageType":"template","template":{"type":"buttons","thumbnailImageUrl":"` + u + `","actions":[{"type":"uri","uri":"` + u + `"}]}}`,
		`{"messageType":"flex","contents":{"type":"bubble","hero":{"type":"image","url":"` + u + `"}}}`,
	} {
		p.say("ann", "message "+m)
		p.post("/api/rooms/demo/acts", `{"verb":"says","who":"ann","message":`+m+`}`)
	}
	p.get("/api/rooms/demo/lines")
	require.Zero(t, fetched.Load())
}

// TestRow52 is about scripts in messages. What a browser does with them is tested
// in module browsertest; here is what it is told.
func TestRow52EveryResponseForbidsForeignScripts(t *testing.T) {
	p := open(t, emulator.Config{})
	for _, path := range []string{"/", "/api/state", "/nothing", "/api/rooms/none/lines", "/files/emulator/none"} {
		res, err := http.Get(p.url + path)
		require.NoError(t, err)
		res.Body.Close()
		csp := res.Header.Get("Content-Security-Policy")
		require.Contains(t, csp, "default-src 'none'", path)
		require.NotContains(t, csp, "unsafe", path)
		require.NotContains(t, csp, "http", path)
		require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-referrer", res.Header.Get("Referrer-Policy"), path)
		require.Equal(t, "same-origin", res.Header.Get("Cross-Origin-Resource-Policy"), path)
	}
}

func TestRow52ThePageSetsTextAsText(t *testing.T) {
	inline := regexp.MustCompile(`(?i)<script(?:[^>]*)>[^<]|<style|\sstyle=|\son[a-z]+=|javascript:`)
	sinks := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(["'](?:on|style|srcdoc)|createContextualFragment|DOMParser`)
	require.NoError(t, fs.WalkDir(os.DirFS("page"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile("page/" + path)
		require.NoError(t, err)
		if strings.HasSuffix(path, ".html") {
			require.Empty(t, inline.FindString(string(b)), path)
		}
		require.Empty(t, sinks.FindString(string(b)), path)
		require.NotRegexp(t, `["'(]\s*(?:https?:)?//[a-z]`, strings.ReplaceAll(string(b), "http://www.w3.org/2000/svg", ""), "%s loads nothing from elsewhere", path)
		return nil
	}))
}

// TestRow53 is about other sites that make the browser call the emulator.
func TestRow53OtherSitesCannotCall(t *testing.T) {
	p := open(t, emulator.Config{})
	const body = `{"verb":"says","who":"ann","message":{"messageType":"text","message":"hi"}}`
	for _, c := range []struct {
		name   string
		header []string
		status int
	}{
		{"cross-site", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"same site, other port", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"other origin in an old browser", []string{"Origin", "http://evil.example"}, 403},
		{"other port in an old browser", []string{"Origin", "http://127.0.0.1:1"}, 403},
		{"null origin", []string{"Origin", "null"}, 403},
		{"a form", []string{"Content-Type", "text/plain"}, 415},
		{"no media type", []string{"Content-Type", ""}, 415},
		{"the page", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"a program", nil, 200},
	} {
		status, got := p.do("POST", "/api/rooms/demo/acts", body, c.header...)
		require.Equal(t, c.status, status, "%s: %s", c.name, got)
	}
	require.Equal(t, 2, p.state().Rooms[0].Turns)

	for _, c := range []struct {
		path, mode string
		status     int
	}{
		{"/api/state", "cors", 403}, {"/api/stream", "cors", 403}, {"/app.js", "no-cors", 403}, {"/api/state", "navigate", 403}, {"/", "navigate", 200},
	} {
		status, _ := p.do("GET", c.path, "", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", c.mode)
		require.Equal(t, c.status, status, "%s %s", c.mode, c.path)
	}
}

// TestRow54 is about a foreign name that points to this machine.
func TestRow54OnlyKnownHostsAndThisMachine(t *testing.T) {
	p := open(t, emulator.Config{})
	named := open(t, emulator.Config{Hosts: []string{"dev.example"}})
	any := open(t, emulator.Config{Hosts: []string{"*"}})
	for _, c := range []struct {
		p      *client
		host   string
		status int
	}{
		{p, "localhost", 200}, {p, "localhost:1234", 200}, {p, "LOCALHOST:1", 200}, {p, "127.0.0.1:80", 200}, {p, "127.1.2.3", 200}, {p, "[::1]:8080", 200}, {p, "[::1]", 200},
		{p, "evil.example", 403}, {p, "evil.example:8080", 403}, {p, "localhost.evil.example", 403}, {p, "127.0.0.1.nip.io", 403}, {p, "10.0.0.1", 403}, {p, "0.0.0.0", 403}, {p, "localhost@evil", 403},
		{named, "dev.example:1", 200}, {named, "DEV.example", 200}, {named, "evil.example", 403}, {named, "localhost", 200},
		{any, "evil.example", 200},
	} {
		for _, method := range []string{"GET", "POST"} {
			path, body, ok := "/api/state", "", c.status
			if method == "POST" {
				path, body = "/api/users", `{"_id":"x"}`
			}
			status, _ := c.p.do(method, path, body, "Host", c.host)
			require.Equal(t, ok, status, "%s %s", method, c.host)
		}
	}
}

func TestRow54OtherMachinesAreRefused(t *testing.T) {
	for _, c := range []struct {
		from   string
		hosts  []string
		status int
	}{
		{"127.0.0.1:5", nil, 200}, {"[::1]:5", nil, 200}, {"[::ffff:127.0.0.1]:5", nil, 200},
		{"192.0.2.1:5", nil, 403}, {"[2001:db8::1]:5", nil, 403}, {"", nil, 403},
		{"192.0.2.1:5", []string{"dev.example"}, 200},
	} {
		e, err := emulator.New(emulator.Config{Handler: orderbot.Bot(), Hosts: c.hosts, Logger: slog.New(slog.DiscardHandler)})
		require.NoError(t, err)
		r := httptest.NewRequest("GET", "http://localhost/api/state", nil)
		r.RemoteAddr = c.from
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		require.Equal(t, c.status, w.Code, c.from)
	}
}

func TestRow54ServeBindsLoopback(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", "[::]:0", "192.0.2.1:0", "evil.example:0", "nonsense"} {
		err := emulator.Serve(t.Context(), addr, emulator.Config{Handler: orderbot.Bot()})
		require.Error(t, err, addr)
	}
}

// TestRow55 is about slips in the webhook's path, which make a server redirect or
// miss: the verdict says so, and nothing is followed.
func TestRow55PathSlipsAreShown(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("POST /hook/{$}", orderbot.Bot())
	bot := httptest.NewServer(mux)
	defer bot.Close()
	for _, c := range []struct {
		path   string
		status int
		grade  string
	}{
		{"/hook/", 200, "kept"}, {"//hook/", 307, "broken"}, {"/hook", 307, "broken"}, {"/hooks", 404, "broken"},
	} {
		got := open(t, emulator.Config{Webhook: bot.URL + c.path}).say("ann", "hi")
		require.Equal(t, c.status, got.Status, c.path)
		require.Equal(t, c.grade, got.Verdict.Grade, c.path)
	}
	p := open(t, emulator.Config{})
	status, _ := p.do("POST", "//api/users", `{"_id":"x"}`)
	require.Equal(t, http.StatusTemporaryRedirect, lastRedirect(t, p.url+"//api/users"))
	require.Equal(t, http.StatusOK, status, "a client that follows arrives")
}

func lastRedirect(t *testing.T, url string) int {
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer c.CloseIdleConnections()
	res, err := c.Post(url, "application/json", strings.NewReader("{}"))
	require.NoError(t, err)
	res.Body.Close()
	return res.StatusCode
}

// Secrets of the configuration are in nothing that a page or a terminal shows,
// even when the bot repeats them.
func TestSecretsAreNotShown(t *testing.T) {
	const inPath, inQuery, inUser = "path-canary-0123456789", "query-canary-0123456789", "user-canary-0123456789"
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Bot-Error", r.Header.Get("X-Bot-Secret"))
		_, password, _ := r.BasicAuth()
		w.Write([]byte(`{"toBotState":null,"data":null,"debug":"` + r.Header.Get("X-Bot-Secret") + r.URL.String() + password + `"}`))
	}))
	defer bot.Close()
	var log strings.Builder
	p := open(t, emulator.Config{
		Webhook: strings.Replace(bot.URL, "http://", "http://me:"+inUser+"@", 1) + "/hook/" + inPath + "?key=" + inQuery,
		Header:  http.Header{"x-bot-secret": {orderbot.Secret}},
		Logger:  slog.New(slog.NewTextHandler(&log, nil)),
	})
	next := p.listen(p.state().Position)
	turn := p.say("ann", "hi")
	shown := p.get("/api/state") + p.get("/api/rooms/demo/turns/"+itoa(turn.ID)) + p.get("/api/rooms/demo/turns") + p.get("/api/rooms/demo/lines")
	for range 3 {
		data, _ := next()
		shown += data
	}
	bot.Close()
	turn = p.say("ann", "hi")
	require.Contains(t, turn.Exchanges[0].Error, "no answer")
	shown += turn.Exchanges[0].Error + log.String()
	for _, secret := range []string{orderbot.Secret, inPath, inQuery, inUser} {
		require.NotContains(t, shown, secret)
	}
	require.Contains(t, shown, "/hook/")
}
