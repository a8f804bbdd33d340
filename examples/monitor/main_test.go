package main

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/app"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/funtekco/webhookbot/fsm/fsmtest"
	"github.com/stretchr/testify/require"
)

// childEnv makes the test binary be the monitor.
const childEnv = "MONITOR_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Args = []string{os.Args[0], "-addr", "127.0.0.1:0"}
		main()
		return
	}
	os.Exit(m.Run())
}

// serve returns the monitor behind a server with the time-outs of a real one, but
// shorter.
func serve(t *testing.T) (*monitor, *httptest.Server) {
	m := newMonitor(nil)
	local, err := newGuard("", false)
	require.NoError(t, err)
	h := app.App{Handle: func(mux *http.ServeMux) { m.handle(mux, local) }}.Handler(m.bot)
	srv := httptest.NewUnstartedServer(h)
	srv.Config = bot.NewServer("", h)
	srv.Config.ReadTimeout, srv.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	srv.Start()
	t.Cleanup(srv.Close)
	return m, srv
}

func get(t *testing.T, url string) *http.Response {
	res, err := http.Get(url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func TestCounts(t *testing.T) {
	m := newMonitor(nil)
	s := bottest.New(t, m.bot)
	room := s.Room("demo")
	ann, bob, doris := room.User("ann", ""), room.User("bob", ""), room.Robot("doris", "")
	ann.Joins().Silent()
	ann.Adds(bob, doris).Silent()
	for range 20 {
		doris.Says("beep").Silent()
	}
	ann.Removes(doris).Silent()
	ann.Causes("CHOSEN_BY_THE_SENDER", `{}`).Silent()
	ann.Says("/stats").Replies("Since I started: 21 messages, 1 joined, 2 added and 1 removed.")
	s.Room("other").User("ann", "").Says("/stats").Replies("Since I started: 1 messages, 0 joined, 0 added and 0 removed.")
	require.Equal(t, Counts{21, 1, 2, 1, 1}, m.rooms.Of("demo"))
	require.Equal(t, Counts{}, m.rooms.Of("nowhere"))
	for _, c := range m.requests.Counts() {
		require.Contains(t, []string{"MESSAGE", "JOIN_ROOM", "ADD_MEMBERS", "DELETE_MEMBERS", "other"}, string(c.Kind))
	}
}

func TestGenerated(t *testing.T) {
	newBot := func() *bot.Bot { return newMonitor(nil).bot }
	bottest.Cells(t, newBot)
	bottest.Echo(t, newBot)
	bottest.Redelivered(t, newBot)
	fsmtest.RequireSound(t, newBot())
}

func TestReadme(t *testing.T) { readme.Curl(t, newMonitor(nil).bot) }

func TestGuard(t *testing.T) {
	const password = "sixteen bytes or more"
	for _, c := range []struct {
		name     string
		password string
		change   func(*http.Request)
		want     int
		why      string
	}{
		{"this machine", "", func(*http.Request) {}, 200, ""},
		{"by address", "", func(r *http.Request) { r.Host = "[::1]:8080" }, 200, ""},
		{"another machine", "", func(r *http.Request) { r.RemoteAddr = "192.0.2.1:5" }, 403, ""},
		{"a proxy on this machine", "", func(r *http.Request) { r.Header.Set("X-Forwarded-For", "192.0.2.1") }, 403, "it speaks for others"},
		{"another name", "", func(r *http.Request) { r.Host = "evil.example" }, 403, "a web page can make its own name mean 127.0.0.1"},
		{"no password", password, func(*http.Request) {}, 401, "nor from this machine"},
		{"password", password, func(r *http.Request) { r.SetBasicAuth("monitor", password); r.RemoteAddr = "192.0.2.1:5" }, 200, ""},
		{"wrong password", password, func(r *http.Request) { r.SetBasicAuth("monitor", "something else here") }, 401, ""},
		{"wrong user", password, func(r *http.Request) { r.SetBasicAuth("admin", password) }, 401, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := newGuard(c.password, c.password != "")
			require.NoError(t, err)
			mux := http.NewServeMux()
			newMonitor(nil).handle(mux, g)
			for _, path := range []string{"/", "/metrics", "/monitor.js", "/live"} {
				if path == "/live" && c.want == 200 {
					continue // it would not end
				}
				r := httptest.NewRequest("GET", path, nil)
				r.RemoteAddr, r.Host = "127.0.0.1:40000", "localhost:8080"
				c.change(r)
				w := httptest.NewRecorder()
				mux.ServeHTTP(w, r)
				require.Equal(t, c.want, w.Code, "%s: %s", path, c.why)
				require.Equal(t, c.want == 401, w.Header().Get("WWW-Authenticate") != "")
			}
		})
	}
	for _, bad := range []string{"", "short", " padded with blanks "} {
		_, err := newGuard(bad, true)
		require.ErrorContains(t, err, "MONITOR_PASSWORD", bad)
	}
}

// The page runs its own script only, loads nothing from elsewhere, and makes no
// HTML of what people wrote.
func TestPage(t *testing.T) {
	_, srv := serve(t)
	res := get(t, srv.URL)
	require.Equal(t, 200, res.StatusCode)
	policy := res.Header.Get("Content-Security-Policy")
	require.Contains(t, policy, "default-src 'none'")
	require.NotContains(t, policy, "unsafe")
	for _, name := range []string{"index.html", "monitor.js", "monitor.css", "icon.svg"} {
		text, err := files.ReadFile("page/" + name)
		require.NoError(t, err)
		elsewhere := regexp.MustCompile(`(https?:)?//[a-z]|@import|url\(`).FindAllString(strings.ReplaceAll(string(text), "http://www.w3.org/2000/svg", ""), -1)
		require.Empty(t, elsewhere, name)
		require.NotRegexp(t, `(?i)innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|<script>|<style| on[a-z]+=|style=`, string(text), name)
	}
	require.Equal(t, 404, get(t, srv.URL+"/main.go").StatusCode)
}

// A watcher's connection lives longer than the server lets ordinary requests.
func TestLive(t *testing.T) {
	m, srv := serve(t)
	res := get(t, srv.URL+"/live")
	require.Equal(t, "text/event-stream", res.Header.Get("Content-Type"))
	lines := bufio.NewScanner(res.Body)
	next := func() string {
		require.True(t, lines.Scan(), lines.Err())
		text := lines.Text()
		require.True(t, lines.Scan() && lines.Text() == "", "an event ends with an empty line")
		return text
	}
	require.Regexp(t, `^data: \{.*"rooms":\[\]`, next())
	bottest.New(t, m.bot).Room("demo\nroom").User("ann", "<b>Ann</b>\n").Says("hi").Silent()
	require.Contains(t, next(), `"name":"demo\nroom","counts":{"messages":1,`)
	require.Regexp(t, `"recent":\[[0,]*1[0,]*\]`, next())
}

func TestLive_ManyWatchers(t *testing.T) {
	m, srv := serve(t)
	m.watchers.Store(maxWatchers)
	require.Equal(t, 503, get(t, srv.URL+"/live").StatusCode)
	require.EqualValues(t, maxWatchers, m.watchers.Load())
}

// SIGTERM ends the process at once, although somebody watches.
func TestSIGTERM(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"=1")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	first, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	var port int
	_, err = fmt.Sscanf(first, "webhook: http://localhost:%d/webhook", &port)
	require.NoError(t, err, first)
	res := get(t, fmt.Sprintf("http://127.0.0.1:%d/live", port))
	_, err = bufio.NewReader(res.Body).ReadString('\n')
	require.NoError(t, err)
	begin := time.Now()
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, cmd.Wait(), "status 0")
	require.Less(t, time.Since(begin), 5*time.Second)
}
