// Package browsertest tests the emulator's page in a real headless Chromium. It is
// a module of its own, so that nobody who imports the emulator gets the driver.
package browsertest

import (
	"context"
	"flag"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/funtekco/webhookbot/bot/emulator/internal/orderbot"
	"github.com/stretchr/testify/require"
)

var shots = flag.String("shots", "", "write a screenshot of each view into this folder")

// chromium is the browser's program, empty when there is none.
var chromium = find("chromium", "chromium-browser", "google-chrome", "chrome")

func find(names ...string) string {
	for _, n := range append([]string{os.Getenv("CHROMIUM")}, names...) {
		if path, err := exec.LookPath(n); n != "" && err == nil {
			return path
		}
	}
	return ""
}

func TestMain(m *testing.M) {
	flag.Parse()
	if chromium == "" {
		fmt.Println("SKIP: no Chromium found. Install it (apt-get install chromium), or name it in CHROMIUM, to test the page.")
		fmt.Println("testing: warning: no tests to run") // makes go test say so behind its "ok"
		return
	}
	os.Exit(m.Run())
}

// window is one tab and what went wrong in it.
type window struct {
	t   testing.TB
	ctx context.Context
	url string

	mu  sync.Mutex
	bad []string // errors that the page logged
}

// step is something done in a tab.
type step = chromedp.Action[chromedp.Void]

// size is a screen.
type size struct{ width, height int64 }

var (
	wide   = size{1440, 900}
	medium = size{1000, 800}
	narrow = size{375, 760}
)

// browser starts a Chromium of its own, with flags besides the usual ones.
func browser(t testing.TB, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	opts := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.UserDataDir(profile(t)),
	}
	for _, name := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "force-prefers-reduced-motion"} {
		opts = append(opts, chromedp.Flag(name, true))
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(opts, flags...)...)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewContext(ctx)
	t.Cleanup(stop)
	require.NoError(t, chromedp.Do(ctx))
	return ctx
}

// profile is an empty folder. The browser's children write into it for a moment
// after its end, so that a t.TempDir could not be removed.
func profile(t testing.TB) string {
	dir, err := os.MkdirTemp("", "browsertest")
	require.NoError(t, err)
	t.Cleanup(func() {
		for range 50 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
	return dir
}

// serve runs an emulator on loopback and returns its address.
func serve(t testing.TB, c emulator.Config) string { return start(t, c).URL }

func start(t testing.TB, c emulator.Config) *httptest.Server {
	t.Helper()
	if c.Handler == nil && c.Webhook == "" {
		c.Handler, c.Machine = orderbot.Bot(), orderbot.Flow
	}
	c.Logger = slog.New(slog.DiscardHandler)
	e, err := emulator.New(c)
	require.NoError(t, err)
	s := httptest.NewServer(e)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

// open opens a tab of the browser ctx on the page.
func open(t testing.TB, ctx context.Context, url string, s size, setup ...step) *window {
	t.Helper()
	tab, cancel := chromedp.NewContext(ctx)
	w := &window{t: t, ctx: tab, url: url}
	require.NoError(t, chromedp.Do(tab))
	go w.listen(chromedp.Console(tab))
	go w.dialogs(chromedp.Events(tab, page.JavascriptDialogOpening))
	w.run(append([]step{prefers("reduced-motion", "reduce")}, setup...)...)
	w.run(chromedp.EmulateViewport(s.width, s.height), chromedp.Navigate(url), chromedp.WaitVisible(compose))
	w.until(`document.querySelector(".bar h2")?.textContent`)
	t.Cleanup(func() {
		cancel()
		w.mu.Lock()
		defer w.mu.Unlock()
		require.Empty(t, w.bad, "errors on the page")
	})
	return w
}

// bare opens a tab on any address.
func bare(t testing.TB, ctx context.Context, url string) *window {
	t.Helper()
	tab, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(tab))
	w := &window{t: t, ctx: tab, url: url}
	w.run(chromedp.Navigate(url))
	return w
}

const compose = chromedp.CSS("#compose")

func (w *window) listen(messages iter.Seq2[chromedp.ConsoleMessage, error]) {
	for m, err := range messages {
		if err != nil {
			return
		}
		if m.IsException() || m.Type == "error" {
			w.fault(m.String())
		}
	}
}

// dialogs closes what a script may open, which no script of ours does.
func (w *window) dialogs(opened iter.Seq2[page.EventJavascriptDialogOpening, error]) {
	for e, err := range opened {
		if err != nil {
			return
		}
		w.fault("a dialog opened: " + e.Message)
		chromedp.Call(w.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
	}
}

// forgive forgets what was logged, where a test brings errors about.
func (w *window) forgive() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bad = nil
}

func (w *window) fault(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bad = append(w.bad, text)
}

// newPage opens a window of a browser and an emulator of its own.
func newPage(t testing.TB, s size, setup ...step) *window {
	t.Helper()
	ctx := browser(t)
	return open(t, ctx, serve(t, emulator.Config{}), s, setup...)
}

func (w *window) run(steps ...step) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		require.NoError(w.t, err, "%s", w.bad)
	}
}

// until waits for a JavaScript expression to become true.
func (w *window) until(expr string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second) // a machine may be busy
	defer cancel()
	poll := chromedp.Poll[bool]("Boolean("+expr+")", chromedp.WithPollingInterval(20*time.Millisecond))
	if _, err := chromedp.Run(ctx, poll); err != nil {
		w.shot("failed")
		require.NoError(w.t, err, "%s", expr)
	}
}

// js returns the value of an expression.
func js[T any](w *window, expr string) T {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 20*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expr))
	require.NoError(w.t, err, expr)
	return v
}

func (w *window) text(selector string) string {
	return js[string](w, fmt.Sprintf("document.querySelector(%q)?.textContent ?? ''", selector))
}

// says waits for a line of the conversation to hold a text.
func (w *window) says(text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("[...document.querySelectorAll('#timeline > *')].some(l => l.textContent.includes(%q))", text))
}

// in waits for the badge above the conversation to show a state.
func (w *window) in(state string) {
	w.t.Helper()
	w.until(fmt.Sprintf("document.querySelector('.bar .badge.state')?.textContent === %q", state))
}

// button clicks the visible button of that name.
func (w *window) button(name string) {
	w.t.Helper()
	find := fmt.Sprintf("[...document.querySelectorAll('button, [role=button], [role=option]')].findLast(b => (b.getAttribute('aria-label') ?? b.textContent).trim() === %q && b.checkVisibility())", name)
	w.until(find + " && document.getAnimations().every(a => a.playState !== 'running')") // it stands still
	at := js[[]float64](w, "(() => { const b = "+find+"; b.scrollIntoView({block: 'nearest'}); const r = b.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()")
	w.run(chromedp.MouseClickXY(at[0], at[1]))
}

// shot writes a screenshot when somebody asked for them.
func (w *window) shot(name string) {
	w.t.Helper()
	if *shots == "" {
		return
	}
	w.run(chromedp.Sleep(250 * time.Millisecond))
	png, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	require.NoError(w.t, err)
	require.NoError(w.t, os.MkdirAll(*shots, 0o755))
	require.NoError(w.t, os.WriteFile(filepath.Join(*shots, name+".png"), png, 0o644))
}

// post calls the API as a program does.
func post(t testing.TB, url, path, body string) {
	t.Helper()
	res, err := http.Post(url+path, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer res.Body.Close()
	answer, _ := io.ReadAll(res.Body)
	require.Equal(t, http.StatusOK, res.StatusCode, "%s", answer)
}
