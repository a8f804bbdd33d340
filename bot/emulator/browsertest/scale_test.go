package browsertest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/stretchr/testify/require"
)

// TestTenThousandMessages plays so many into a room while the page looks on, then
// scrolls and types.
func TestTenThousandMessages(t *testing.T) {
	url := serve(t, emulator.Config{})
	w := open(t, browser(t), url, wide)
	js[bool](w, frames)
	var talk strings.Builder
	talk.WriteString("room long\n")
	for i := range 5000 {
		fmt.Fprintf(&talk, "ann: line %d\n< You said: line %d\n", i, i)
	}
	start := time.Now()
	js[bool](w, fmt.Sprintf(`globalThis.played = null, fetch("/api/transcripts", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({text: %q})}).then((r) => r.json()).then((r) => { played = r }), true`, talk.String()))
	w.until(`[...document.querySelectorAll(".side .row")].some((b) => b.textContent.startsWith("long"))`)
	js[bool](w, `[...document.querySelectorAll(".side .row")].find((b) => b.textContent.startsWith("long")).click(), true`)
	ctxUntil(w, "globalThis.played", 60*time.Second)
	require.Equal(t, 0, js[int](w, "played.wrong"))
	w.says("You said: line 4999")
	t.Logf("10 000 messages played and shown in %v", time.Since(start).Round(time.Millisecond))
	require.LessOrEqual(t, js[int](w, "document.querySelectorAll('#timeline > *').length"), 410)
	t.Logf("longest frame meanwhile: %.0f ms", js[float64](w, "slowest"))

	js[bool](w, "slowest = 0, true")
	js[bool](w, `globalThis.scrolled = false, (async () => { const s = document.getElementById("scroll");
		for (let i = 0; i < 300; i++) { s.scrollTop -= 400; await new Promise(requestAnimationFrame); }
		scrolled = true })(), true`)
	ctxUntil(w, "scrolled", 30*time.Second)
	slow := js[float64](w, "slowest")
	t.Logf("longest frame while scrolling 300 frames up: %.0f ms", slow)
	require.Less(t, slow, 400.0, "scrolling stays smooth")
	require.LessOrEqual(t, js[int](w, "document.querySelectorAll('#timeline > *').length"), 510)
	require.NotContains(t, w.text("#timeline"), "line 4999", "far away from the end by now")

	w.button("Latest")
	w.says("You said: line 4999")
	js[bool](w, "slowest = 0, true")
	w.run(chromedp.SendKeys(compose, "typing is quick"), enter)
	w.says("You said: typing is quick")
	t.Logf("longest frame while typing: %.0f ms", js[float64](w, "slowest"))
	w.shot("long")
}

// frames notes in slowest how long the longest frame took.
const frames = `globalThis.slowest = 0, (() => { let last = performance.now(); const tick = (now) => { slowest = Math.max(slowest, now - last); last = now; requestAnimationFrame(tick); }; requestAnimationFrame(tick); })(), true`

func ctxUntil(w *window, expr string, limit time.Duration) {
	w.t.Helper()
	end := time.Now().Add(limit)
	for !js[bool](w, "Boolean("+expr+")") {
		require.True(w.t, time.Now().Before(end), "%s within %v", expr, limit)
		time.Sleep(50 * time.Millisecond)
	}
}

// TestTwoTabs shows that what happens in one tab is in the other, also after the
// server was away.
func TestTwoTabs(t *testing.T) {
	ctx := browser(t)
	server := start(t, emulator.Config{})
	url := server.URL
	one, two := open(t, ctx, url, wide), open(t, ctx, url, narrow)
	one.say("order")
	two.says("Small or large?")
	two.in("size")
	two.button("Small")
	one.in("confirm")
	one.until("document.querySelectorAll('.chip').length === 2")
	one.button("No")
	two.says("Never mind then")
	two.until("document.querySelectorAll('.chip').length === 0")
	same := `[...document.querySelectorAll("#timeline .bubble")].map((b) => b.textContent).join("|")`
	require.Equal(t, js[string](one, same), js[string](two, same))

	one.button("Rewind to before")
	two.until("document.querySelectorAll('#timeline .line').length === 4")
	one.button("More for Bob")
	one.button("Joins")
	two.says("Bob joined")

	// Without the stream for a while: nothing is missed.
	server.CloseClientConnections()
	for range 3 {
		post(t, url, "/api/rooms/demo/acts", `{"verb":"says","who":"ann","message":{"messageType":"text","message":"are you there?"}}`)
	}
	for _, w := range []*window{one, two} {
		w.until(`[...document.querySelectorAll(".mine .bubble")].filter((b) => b.textContent === "are you there?").length === 3`)
		w.until("!document.querySelector('.dot.off')")
		w.forgive()
	}
}
