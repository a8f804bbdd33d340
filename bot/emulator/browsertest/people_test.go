package browsertest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

func TestPeople(t *testing.T) {
	w := newPage(t, wide)
	w.button("More for Bob")
	w.shot("menu")
	w.button("Joins")
	w.says("Bob joined")
	w.says("Welcome, Bob")
	w.button("More for Bob")
	w.button("Removed by Ann")
	w.says("Ann removed Bob")
	w.button("More for Bob")
	w.button("Added by Ann")
	w.says("Ann added Bob")

	w.button("Somebody new")
	w.until("document.activeElement?.name === 'nickname'")
	w.run(key("Zoë Quinn"))
	w.shot("dialog")
	w.run(enter)
	w.until("document.querySelector('#compose').placeholder === 'Message as Zoë Quinn'")
	w.say("hi")
	w.says("You said: hi")
	require.Equal(t, "ZQ", js[string](w, "document.querySelector('.compose .avatar').textContent"))
}

func TestRooms(t *testing.T) {
	w := newPage(t, wide)
	w.say("order")
	w.in("size")
	w.button("New room")
	w.until("document.activeElement?.name === 'id'")
	w.run(key("other"), enter)
	w.until("document.querySelector('.bar h2').textContent === 'other'")
	require.Equal(t, "no state", w.text(".bar .badge.state"))
	w.run(key("1", kb.ModifierAlt))
	w.until("document.querySelector('.bar h2').textContent === 'demo'")
	w.in("size")
	require.Equal(t, "#demo", js[string](w, "location.hash"))
	w.button("More for room other")
	w.button("Delete")
	w.until("document.querySelectorAll('.side section:first-of-type li').length === 1")
}

func TestEditAndReply(t *testing.T) {
	w := newPage(t, wide)
	w.say("helo")
	w.says("You said: helo")
	w.run(key(kb.ArrowUp))
	w.until("document.querySelector('#compose').value === 'helo'")
	w.run(chromedp.SetValue(compose, "hello"), enter)
	w.says("You said: hello")
	w.until("document.querySelector('.after')?.textContent === 'edited'")
	w.button("Reply to this")
	w.run(key("and this"), enter)
	w.until("document.querySelector('.preview')?.textContent.includes('You said: hello')")
	w.button("Unsend this")
	w.says("Ann unsent a message")
	w.until(`document.querySelector('.detail')?.textContent.includes('"messageType": "recall"')`)
}

// TestSend sends everything of the menu.
func TestSend(t *testing.T) {
	w := newPage(t, wide)
	w.button("Send something else")
	w.shot("send-menu")
	w.button("Sticker")
	w.shot("stickers")
	w.button("FunFunFamily-3")
	w.until("document.querySelector('.mine .tile')?.textContent.includes('FunFunFamily-3')")
	w.button("Send something else")
	w.button("Location")
	w.run(enter)
	w.until("document.querySelector('.mine .place')?.textContent.includes('Taipei 101')")
	w.button("Send something else")
	w.button("Any event")
	w.run(enter)
	w.says("Event ROOM_RENAMED sent")
	w.button("Send something else")
	w.button("Request quirks")
	js[bool](w, "document.querySelector('input[value=robot]').click(), true")
	w.shot("quirks")
	w.button("Apply")
	w.until("document.querySelector('.notebar')?.textContent.includes('robot')")
	w.say("bent")
	w.until(`document.querySelector('.detail')?.textContent.includes('"robotID"')`)
}

func TestPicturesAndFiles(t *testing.T) {
	w := newPage(t, wide)
	dir := t.TempDir()
	picture, text := filepath.Join(dir, "a.png"), filepath.Join(dir, "notes.txt")
	require.NoError(t, os.WriteFile(picture, gradient(t), 0o600))
	require.NoError(t, os.WriteFile(text, []byte("some notes"), 0o600))

	// The page's own file input is made when it is asked for and is in no document.
	js[bool](w, "HTMLInputElement.prototype.click = function () { this.id = 'picked'; document.body.append(this) }, true")
	pick := func(item, path string) {
		w.button("Send something else")
		w.button(item)
		w.run(chromedp.SetUploadFiles(chromedp.CSS("#picked"), []string{path}))
		js[bool](w, "document.getElementById('picked').remove(), true")
	}
	pick("Picture", picture)
	w.until("document.querySelector('.attached img')?.complete")
	w.shot("attached")
	w.run(key("look"), enter)
	w.until("document.querySelector('.mine .mixed img')?.naturalWidth === 320")
	require.Contains(t, w.text(".mine .mixed"), "look")
	pick("File, audio or video", text)
	w.until("document.querySelector('.mine .card')?.textContent.includes('notes.txt')")
	w.shot("pictures")
}

// gradient is a picture of 320 by 200.
func gradient(t *testing.T) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for y := range 200 {
		for x := range 320 {
			m.Set(x, y, color.RGBA{uint8(28 + x/2), uint8(107 + y/4), 88, 255})
		}
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, m))
	return b.Bytes()
}
