package browsertest

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/funtekco/webhookbot/bot/emulator/internal/orderbot"
	"github.com/stretchr/testify/require"
)

// say types a text and sends it.
func (w *window) say(text string) {
	w.t.Helper()
	w.run(chromedp.SendKeys(compose, text), enter)
	w.says(text)
}

func TestInspector(t *testing.T) {
	w := newPage(t, wide)
	w.say("order")
	w.in("size")
	w.until("document.querySelector('.detail')?.textContent.includes('Protocol kept')")
	detail := w.text(".detail")
	for _, want := range []string{`"event": "MESSAGE"`, `"toBotState": "size"`, "Status200", "unset → size", "ms"} {
		require.Contains(t, detail, want)
	}
	w.say("answer <html>")
	w.until("document.querySelector('.verdict.broken')?.textContent.includes('the body is not one JSON document')")
	w.shot("inspector-broken")
	w.say("status 500")
	w.until("document.querySelector('.detail .facts')?.textContent.includes('500')")
}

func TestRewindUndoAndFork(t *testing.T) {
	w := newPage(t, wide)
	w.say("order")
	w.in("size")
	w.say("small")
	w.in("confirm")
	w.until("document.querySelector('.detail h3')?.textContent === 'ann: small'")
	w.button("Fork from here")
	w.until("document.querySelector('.bar h2').textContent === 'demo fork'")
	w.in("confirm")
	w.until("document.querySelectorAll('#timeline .line').length === 4")

	w.run(key("1", kb.ModifierAlt))
	w.until("document.querySelector('.bar h2').textContent === 'demo'")
	w.until("document.querySelector('.detail h3')?.textContent === 'ann: small'")
	w.button("Rewind to before")
	w.in("size")
	w.until("document.querySelectorAll('#timeline .line').length === 2")
	w.button("Undo")
	w.in("confirm")
	w.until("document.querySelectorAll('#timeline .line').length === 4")
}

func TestStateByClick(t *testing.T) {
	w := newPage(t, wide)
	w.button("State")
	w.button("Put the room into size")
	w.in("size")
	w.says("State set to size")
	w.until("document.querySelector('.node.on')?.textContent.startsWith('size')")
	w.shot("state")
	w.run(chromedp.SendKeys(chromedp.CSS(".setstate input"), "elsewhere"), enter)
	w.in("elsewhere")
}

func TestStatesSeenWithoutAMachine(t *testing.T) {
	w := open(t, browser(t), serve(t, emulator.Config{Handler: orderbot.Bot()}), wide)
	w.say("order")
	w.in("size")
	w.say("small")
	w.in("confirm")
	w.button("State")
	w.until("document.querySelectorAll('.diagram .node').length === 2")
	w.until("document.querySelector('.node.on')?.textContent.startsWith('confirm')")
}

func TestFaultButtons(t *testing.T) {
	w := open(t, browser(t), serve(t, emulator.Config{Handler: orderbot.Locked(), Header: http.Header{"X-Bot-Secret": {orderbot.Secret}}}), wide)
	w.say("order")
	w.in("size")
	w.button("Faults")
	w.button("Try: Redeliver")
	w.until("document.querySelector('.outcome')?.textContent.includes('byte for byte')")
	w.button("Try all")
	w.until("document.querySelectorAll('.outcome').length === 11")
	w.until("!document.querySelector('.faults button:disabled')")
	require.Zero(t, js[int](w, "document.querySelectorAll('.outcome .grade-broken').length"), w.text(".faults"))
	w.shot("faults")
	w.in("size")
	require.NotContains(t, js[string](w, "document.documentElement.outerHTML"), orderbot.Secret, "secrets stay out of the page")
	js[bool](w, "document.querySelectorAll('.outcome')[1].click(), true")
	w.until("document.querySelectorAll('.exchange').length === 5")
	w.shot("fault-detail")
}

func TestSaveAndPlay(t *testing.T) {
	w := newPage(t, wide)
	w.say("order")
	w.in("size")
	w.say("large")
	w.in("confirm")
	w.button("Test")
	w.until("document.querySelector('#panel-test pre')?.textContent.includes('= confirm')")
	w.shot("test")
	text := w.text("#panel-test pre")
	path := filepath.Join(t.TempDir(), "talk.txt")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	w.run(chromedp.SetUploadFiles(chromedp.CSS("#panel-test input[type=file]"), []string{path}))
	w.until("document.querySelector('.result')?.textContent.includes('All 2 turns went as written')")
	w.until("document.querySelector('.bar h2').textContent === 'demo 2'")
	w.in("confirm")

	require.NoError(t, os.WriteFile(path, []byte("room other\nann: order\n< Which size?\n= size\n"), 0o600))
	w.run(chromedp.SetUploadFiles(chromedp.CSS("#panel-test input[type=file]"), []string{path}))
	w.until("document.querySelector('.result')?.textContent.includes('1 of 1 turns differ')")
	w.says("Not as in the transcript")
	w.shot("test-differs")
}

func TestPalette(t *testing.T) {
	w := newPage(t, wide)
	w.run(key("k", kb.ModifierCtrl))
	w.until("document.querySelector('dialog.palette input') === document.activeElement")
	w.shot("palette")
	w.run(key("speak as bob"), enter)
	w.until("document.querySelector('#compose').placeholder === 'Message as Bob'")
	w.say("hello")
	w.says("You said: hello")
	w.run(key("k", kb.ModifierCtrl), key("fault: unknown ev"), enter)
	w.until("document.querySelector('.detail')?.textContent.includes('Fault: Unknown event')")
	w.run(key("k", kb.ModifierCtrl), key(kb.Escape))
	w.until("!document.querySelector('dialog')")
}
