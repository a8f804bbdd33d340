package browsertest

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// prefers makes the browser ask for something, such as dark colours.
func prefers(feature, value string) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-" + feature, Value: value}},
		})
		return err
	})
}

// fits reports that nothing hangs out of the window sideways.
func (w *window) fits() {
	w.t.Helper()
	require.LessOrEqual(w.t, js[int](w, "document.documentElement.scrollWidth"), js[int](w, "innerWidth"))
	out := js[[]string](w, `[...document.querySelectorAll("#chat *")].filter((e) => e.checkVisibility() && !e.closest(".carousel, .chips, .tools, svg, .hush") && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.className || e.tagName)`)
	require.Empty(w.t, out, "hangs out of the window")
}

func TestNarrow(t *testing.T) {
	w := newPage(t, narrow)
	w.fits()
	w.shot("narrow-empty")
	show(w)
	w.fits()
	w.shot("narrow-chat")
	js[bool](w, "document.getElementById('scroll').scrollTop = 900, true")
	w.shot("narrow-gallery")
	js[bool](w, "document.getElementById('scroll').scrollTop = 1e6, true")

	w.button("Rooms and people")
	w.until("document.querySelector('.side').checkVisibility({visibilityProperty: true})")
	w.shot("narrow-side")
	w.run(key(kb.Escape))
	w.until("!document.querySelector('.side').checkVisibility({visibilityProperty: true})")

	w.button("Small")
	w.in("confirm")
	w.fits()
	w.shot("narrow-chips")
	w.button("Inspector (Ctrl .)")
	w.until("document.querySelector('.inspector').checkVisibility({visibilityProperty: true})")
	w.until("document.querySelector('.detail pre')")
	w.shot("narrow-inspector")
	w.button("Close the inspector")
	w.until("!document.querySelector('.inspector').checkVisibility({visibilityProperty: true})")
	w.button("Yes")
	w.in("idle")
}

func TestMedium(t *testing.T) {
	w := newPage(t, medium)
	show(w)
	w.fits()
	w.shot("medium")
	w.button("Inspector (Ctrl .)")
	w.until("document.querySelector('.detail pre')")
	w.shot("medium-inspector")
}

const ground = "getComputedStyle(document.body).backgroundColor"

func TestDark(t *testing.T) {
	w := newPage(t, wide, prefers("color-scheme", "dark"))
	require.Equal(t, "rgb(20, 21, 19)", js[string](w, ground))
	show(w)
	w.shot("dark")
	js[bool](w, "document.getElementById('scroll').scrollTop = 1500, true")
	w.shot("dark-gallery")
	w.button("Small")
	w.in("confirm")
	w.button("State")
	w.shot("dark-state")
	w.button("Colours: as the system. Change to light")
	w.until(ground + " === 'rgb(246, 245, 241)'") // a choice of one's own wins
	w.run(chromedp.Reload(), chromedp.WaitVisible(compose))
	w.until(ground + " === 'rgb(246, 245, 241)'") // and is kept
}

// TestContrast measures the texts on what is behind them, as WCAG 2 does for AA.
func TestContrast(t *testing.T) {
	for _, scheme := range []string{"light", "dark"} {
		w := newPage(t, wide, prefers("color-scheme", scheme))
		show(w)
		for _, tab := range []string{"Turns", "State", "Faults", "Test"} {
			w.button(tab)
			poor := js[[]string](w, contrast)
			require.Empty(t, poor, scheme+" "+tab)
		}
	}
}

const contrast = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (c) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); const d = canvas.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const behind = (e) => { if (!e) return [255, 255, 255, 1]; const c = rgba(getComputedStyle(e).backgroundColor); return c[3] === 1 ? c : over(c, behind(e.parentElement)); };
  const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const poor = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) || e.closest("svg, .away, .hush, .skip, .line.mine .picture, .flexbubble [style*=color]")) continue;
    const style = getComputedStyle(e), back = behind(e), front = over(rgba(style.color), back);
    const [hi, lo] = [light(front), light(back)].sort((a, b) => b - a);
    const ratio = (hi + 0.05) / (lo + 0.05);
    if (ratio < 4.5 && !e.closest(":disabled")) poor.add(ratio.toFixed(2) + " " + e.tagName + "." + e.className + " " + walk.currentNode.data.trim().slice(0, 30));
  }
  return [...poor];
})()`

// TestNames demands that every control says what it does.
func TestNames(t *testing.T) {
	w := newPage(t, wide)
	show(w)
	for _, tab := range []string{"Turns", "State", "Faults", "Test"} {
		w.button(tab)
		require.Empty(t, js[[]string](w, `[...document.querySelectorAll("button, input, textarea, select, [role=button], [tabindex='0']")].filter((e) => e.checkVisibility() &&
			!(e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent.trim() || e.labels?.length)).map((e) => e.outerHTML.slice(0, 80))`), tab)
	}
}
