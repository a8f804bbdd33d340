package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/funtekco/webhookbot/fsm/fsmtest"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

// childEnv makes the test binary be the audit bot.
const childEnv = "AUDIT_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Args = []string{os.Args[0], "-addr", "127.0.0.1:0"}
		main()
		return
	}
	os.Exit(m.Run())
}

// record is one line.
type record struct {
	Time    time.Time      `json:"time"`
	Request jsontext.Value `json:"request"`
	Status  int            `json:"status"`
	Answer  jsontext.Value `json:"answer"`
}

func records(t *testing.T, dir string) (all []record) {
	for _, text := range contents(t, dir) {
		for line := range strings.Lines(text) {
			var r record
			require.NoError(t, json.Unmarshal([]byte(line), &r, jsontext.AllowInvalidUTF8(true)), line)
			all = append(all, r)
		}
	}
	return all
}

func journal(t *testing.T, cfg Config) (*Journal, string) {
	cfg.Dir, cfg.MaxBytes = t.TempDir(), max(cfg.MaxBytes, 1000)
	j, err := Open(cfg)
	require.NoError(t, err)
	return j, cfg.Dir
}

// quiet keeps what goes wrong on purpose out of the test's output.
func quiet(t *testing.T) {
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	t.Cleanup(func() { slog.SetDefault(before) })
}

func post(h http.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/webhook", strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:40000"
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// What people did and what the bot said is recorded, and today's bot still says it.
func TestRecordAndReplay(t *testing.T) {
	j, dir := journal(t, Config{MaxBytes: 2000})
	h := Record(j, newBot(nil))
	room := bottest.New(t, h).Room("demo")
	ann, doris := room.User("ann", ""), room.Robot("doris", "")
	ann.Joins().Replies("Welcome, Ann. What is written here is recorded.")
	ann.Says("hello").Silent()
	doris.Says("beep").Silent()
	ann.Says("/audit").RepliesLike("recorded")
	ann.Sends(`{"messageType":"recall","message":""}`).Silent()
	ann.With("null-sender").Says("who is this?").Silent()
	ann.Causes("ROOM_RENAMED", `{"name":"new"}`).Silent()
	require.NoError(t, j.Close(t.Context()))

	all := records(t, dir)
	require.Len(t, all, 7, "also what the bot has no handler for")
	require.Contains(t, string(all[0].Answer), "Welcome, Ann.")
	require.Contains(t, string(all[2].Request), "beep")
	require.JSONEq(t, noop, string(all[6].Answer))
	require.Greater(t, len(contents(t, dir)), 1)
	bottest.Replay(t, func() *bot.Bot { return newBot(nil) }, filepath.Join(dir, "*.jsonl"))
}

// Every payload is in the journal as it came, but for line breaks between its
// parts.
func TestRecord_Verbatim(t *testing.T) {
	files, err := filepath.Glob("../../testdata/events/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	j, dir := journal(t, Config{})
	h := Record(j, newBot(nil))
	var want []string
	for _, f := range files {
		body, err := os.ReadFile(f)
		require.NoError(t, err)
		if _, err := event.Decode(body); err != nil {
			continue
		}
		require.Equal(t, 200, post(h, string(body)).Code, f)
		v := jsontext.Value(bytes.Clone(body))
		require.NoError(t, v.Compact())
		want = append(want, string(v))
	}
	const odd = `{"roomID":"r","event":"MESSAGE","data":{"message":"\ud83d \u0041 \u2028","x":1.0,"y":1e400,"z":12345678901234567890,"sender":"ann"}}`
	require.Equal(t, 200, post(h, odd).Code)
	require.NoError(t, j.Close(t.Context()))
	var got []string
	for _, text := range contents(t, dir) {
		for line := range strings.Lines(text) {
			request, _, ok := strings.Cut(line, `,"status":200,"answer":{`)
			require.True(t, ok, line)
			_, request, ok = strings.Cut(request, `","request":`)
			require.True(t, ok, line)
			got = append(got, request)
		}
	}
	require.Equal(t, append(want, odd), got)
}

// What the bot refuses comes from strangers or is nonsense: anybody could fill the
// disk with it.
func TestRecord_Refused(t *testing.T) {
	quiet(t)
	const good = `{"roomID":"r","event":"MESSAGE","data":{"message":"x","sender":"ann"}}`
	for _, c := range []struct {
		name   string
		change func(*http.Request)
		body   string
		want   int
	}{
		{"stranger", func(r *http.Request) { r.RemoteAddr = "192.0.2.1:5" }, good, 401},
		{"method", func(r *http.Request) { r.Method = "PUT" }, good, 405},
		{"type", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, good, 415},
		{"no JSON", func(*http.Request) {}, "<html>", 400},
		{"too large", func(*http.Request) {}, strings.Repeat(" ", 2<<20), 413},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, dir := journal(t, Config{})
			r := httptest.NewRequest(http.MethodPost, "/webhook", strings.NewReader(c.body))
			r.RemoteAddr = "127.0.0.1:40000"
			r.Header.Set("Content-Type", "application/json")
			c.change(r)
			w := httptest.NewRecorder()
			Record(j, newBot(nil)).ServeHTTP(w, r)
			require.Equal(t, c.want, w.Code)
			require.Equal(t, noop, w.Body.String())
			require.NoError(t, j.Close(t.Context()))
			require.Empty(t, records(t, dir))
		})
	}
}

// Nothing is said that is not recorded.
func TestRecord_JournalFails(t *testing.T) {
	quiet(t)
	j, _ := journal(t, Config{})
	require.NoError(t, j.Close(t.Context()))
	w := post(Record(j, newBot(nil)), `{"roomID":"r","event":"MESSAGE","data":{"message":"/audit","sender":"ann"}}`)
	require.Equal(t, 500, w.Code)
	require.Equal(t, noop, w.Body.String())
	require.Equal(t, "not-recorded", w.Header().Get("X-Bot-Error"))
}

func TestGenerated(t *testing.T) {
	j, dir := journal(t, Config{SyncEvery: time.Hour, MaxBytes: 1 << 30})
	newBot := func() *bot.Bot { return newBot(nil) }
	bottest.All(t, newBot)
	fsmtest.RequireSound(t, newBot())
	bottest.New(t, Record(j, newBot())).Room("r").User("ann", "").Says("/audit").RepliesLike("recorded")
	require.NoError(t, j.Close(t.Context()))
	require.Len(t, records(t, dir), 1)
}

func TestReadme(t *testing.T) { readme.Curl(t, newBot(nil)) }

func TestSettings(t *testing.T) {
	for _, c := range []struct {
		max, sync string
		want      Config
		err       string
	}{
		{"", "", Config{Dir: "audit", MaxBytes: 64 << 20}, ""},
		{"1000", "event", Config{Dir: "audit", MaxBytes: 1000}, ""},
		{"", "1s", Config{Dir: "audit", MaxBytes: 64 << 20, SyncEvery: time.Second}, ""},
		{"0", "", Config{}, "AUDIT_MAX_BYTES"},
		{"1 MB", "", Config{}, "AUDIT_MAX_BYTES"},
		{"", "never", Config{}, "AUDIT_SYNC"},
		{"", "-1s", Config{}, "AUDIT_SYNC"},
	} {
		t.Setenv("AUDIT_MAX_BYTES", c.max)
		t.Setenv("AUDIT_SYNC", c.sync)
		cfg, err := settings()
		if c.err != "" {
			require.ErrorContains(t, err, c.err)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, c.want, cfg)
	}
}

// child starts the bot as a process and returns its webhook.
func child(t *testing.T, dir, sync string) (*exec.Cmd, string) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"=1", "AUDIT_DIR="+dir, "AUDIT_MAX_BYTES=20000", "AUDIT_SYNC="+sync)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	require.NoError(t, err)
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return cmd, strings.TrimSpace(strings.TrimPrefix(first, "webhook: "))
}

// Whatever was answered is in the journal: when the process is told to end under
// load, and when it is killed.
func TestNothingLost(t *testing.T) {
	for _, c := range []struct {
		name, sync string
		signal     syscall.Signal
		exact      bool // nothing but what was answered
	}{
		{"SIGTERM, each event", "event", syscall.SIGTERM, true},
		{"SIGTERM, interval", "1h", syscall.SIGTERM, true},
		{"SIGKILL, each event", "event", syscall.SIGKILL, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			cmd, url := child(t, dir, c.sync)
			var mu sync.Mutex
			answered := map[string]bool{}
			var count atomic.Int64
			var wg sync.WaitGroup
			for w := range 8 {
				wg.Go(func() {
					for i := 0; ; i++ {
						id := fmt.Sprintf("m%d-%d", w, i)
						res, err := http.Post(url, "application/json", strings.NewReader(fmt.Sprintf(
							`{"roomID":"r%d","event":"MESSAGE","data":{"_id":"%s","message":"/audit","sender":"ann"}}`, w, id)))
						if err != nil {
							return // no connection any more
						}
						body, err := io.ReadAll(res.Body)
						_ = res.Body.Close()
						if err == nil && res.StatusCode == 200 && len(body) > 0 {
							mu.Lock()
							answered[id] = true
							mu.Unlock()
							count.Add(1)
						}
					}
				})
			}
			require.Eventually(t, func() bool { return count.Load() >= 200 }, 20*time.Second, time.Millisecond)
			require.NoError(t, cmd.Process.Signal(c.signal))
			err := cmd.Wait()
			wg.Wait()
			if c.signal == syscall.SIGTERM {
				require.NoError(t, err, "status 0")
			}
			recorded := map[string]int{}
			for _, r := range records(t, dir) {
				e, err := event.Decode(r.Request)
				require.NoError(t, err)
				recorded[e.(*event.Message).ID]++
			}
			for id := range answered {
				require.Equal(t, 1, recorded[id], id)
			}
			if c.exact {
				require.Len(t, recorded, len(answered))
			}
			require.Greater(t, len(contents(t, dir)), 1, "rotated meanwhile")
		})
	}
}

// The end closes the journal: of an unused one nothing is left.
func TestEnd(t *testing.T) {
	dir := t.TempDir()
	cmd, url := child(t, dir, "event")
	require.Len(t, contents(t, dir), 1)
	res, err := http.Get(url) // it has begun to serve, and so to heed signals
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, cmd.Wait())
	require.Empty(t, contents(t, dir))
}
