package browsertest

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// key presses a key where the focus is.
func key(k string, with ...kb.Modifier) step {
	return chromedp.KeyEvent(k, chromedp.KeyModifiers(with...))
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
