package browsertest

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// key presses a key, or types a text, where the focus is.
func key(k string, with ...kb.Modifier) step {
	if k == kb.Enter {
		return enter
	}
	return chromedp.KeyEvent(k, chromedp.KeyModifiers(with...))
}

// enter presses the key in one event, as keyboards do. The driver's own sends the
// character apart, so that a page that prevents the key gets it all the same.
func enter(ctx context.Context, t *chromedp.Target) (v chromedp.Void, err error) {
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		_, err = cdp.Call(ctx, t, input.DispatchKeyEvent, input.DispatchKeyEventParams{
			Type: kind, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13,
		})
	}
	return v, err
}

// TestOrderByKeyboard never touches the mouse.
func TestOrderByKeyboard(t *testing.T) {
	w := newPage(t, wide)
	w.until("document.activeElement.id === 'compose'")
	w.run(key("order"), key(kb.Enter))
	w.says("Small or large?")
	w.in("size")
	w.run(key("small"), key(kb.Enter))
	w.in("confirm")
	w.until("document.querySelectorAll('.chip').length === 2")
	w.run(key(kb.Tab, kb.ModifierShift))
	for js[string](w, "document.activeElement.textContent") != "Yes" {
		w.run(key(kb.Tab, kb.ModifierShift))
	}
	w.run(key(kb.Enter))
	w.says("Coming up!")
	w.in("idle")
	w.until("document.querySelectorAll('.chip').length === 0")
	w.until("document.activeElement.id === 'compose'")
	w.shot("order-wide")
}

// TestOrderByMouse types only the first word.
func TestOrderByMouse(t *testing.T) {
	w := newPage(t, wide)
	w.shot("empty-wide")
	w.button("Ann joins the room")
	w.says("Welcome, Ann")
	w.run(chromedp.SendKeys(compose, "order"))
	w.button("Send")
	w.in("size")
	w.button("Small")
	w.in("confirm")
	w.button("Yes")
	w.says("Coming up!")
	w.in("idle")
	require.Contains(t, w.text("#timeline"), "small", "a button speaks for the person")
}
