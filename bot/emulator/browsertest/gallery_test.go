package browsertest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// gallery is one message of each kind, as a bot would send it.
var gallery = []string{
	`{"messageType":"text","message":"**Bold**, *italic*, ~~gone~~, ` + "`code`" + ` and https://example.com/a?b=c.\n\n1. first\n2. second\n\n> quoted\n\n# Heading"}`,
	`{"messageType":"image","message":"a picture","originalUrl":"https://img.example/a.jpg","thumbnailUrl":"https://img.example/a-small.jpg","width":640,"height":400}`,
	`{"messageType":"mixed","message":"Two of them","images":[{"originalUrl":"https://img.example/a.jpg","thumbnailUrl":"https://img.example/a.jpg","width":10,"height":10},{"originalUrl":"https://img.example/b.jpg","thumbnailUrl":"https://img.example/b.jpg","width":10,"height":10}]}`,
	`{"messageType":"video","message":"a film","originalUrl":"https://img.example/a.mp4","thumbnailUrl":"https://img.example/a.jpg","width":320,"height":180,"duration":75}`,
	`{"messageType":"audio","message":"song.mp3","originalUrl":"https://img.example/a.mp3","duration":201}`,
	`{"messageType":"file","message":"menu.pdf","originalUrl":"https://img.example/menu.pdf","extra":{"fileName":"menu","fileExtension":"pdf","mimeType":"application/pdf","bytes":48211}}`,
	`{"messageType":"location","message":"Taipei 101, Taipei","latitude":25.033976,"longitude":121.564472}`,
	`{"messageType":"sticker","message":"hi","sticker":"FunFunFamily-7"}`,
	`{"messageType":"announcement","message":"We close at six"}`,
	`{"messageType":"template","message":"Sure?","template":{"type":"confirm","text":"Shall it be a large one?","actions":[{"type":"message","label":"Yes","text":"yes"},{"type":"message","label":"No","text":"no"}]}}`,
	`{"messageType":"template","message":"Menu","template":{"type":"carousel","columns":[{"title":"Espresso","text":"Short and strong","openQuickReply":true,"actions":[{"type":"message","label":"Order","text":"espresso"}]},{"title":"Latte","text":"With milk","openQuickReply":true,"actions":[{"type":"message","label":"Order","text":"latte"}]},{"title":"No buttons","text":"as LINE has it","actions":[{"type":"message","label":"Order","text":"x"}]}]}}`,
	`{"messageType":"template","message":"Pictures","template":{"type":"image_carousel","columns":[{"imageUrl":"https://img.example/a.jpg","action":{"type":"message","label":"A","text":"a"}},{"imageUrl":"https://img.example/b.jpg","action":{"type":"uri","label":"B","uri":"https://example.com"}}]}}`,
	`{"messageType":"flex","message":"Receipt","contents":{"type":"carousel","contents":[{"type":"bubble","size":"kilo","header":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"Receipt","weight":"bold","size":"xl"}]},"body":{"type":"box","layout":"vertical","spacing":"sm","contents":[{"type":"box","layout":"horizontal","contents":[{"type":"text","text":"1 latte"},{"type":"text","text":"120","flex":0}]},{"type":"text","text":"Thank you!","color":"#888888","size":"sm"}]},"footer":{"type":"box","layout":"vertical","contents":[{"type":"button","style":"primary","color":"#1c6b58","action":{"type":"message","label":"Again","text":"again"}}]}}]}}`,
	`{"messageType":"url","message":"https://example.com","url":"https://example.com"}`,
	`{"messageType":"template","message":"Old","template":{"type":"buttons","text":"A postback does nothing","actions":[{"type":"postback","label":"Press","data":"x"}]}}`,
	`{"messageType":"text","message":"<b>html</b> <img src=x>"}`,
	`{"messageType":"text","message":"🎉🥳"}`,
}

func show(w *window) {
	for _, m := range gallery {
		post(w.t, w.url, "/api/rooms/demo/acts", fmt.Sprintf(`{"verb":"says","who":"ann","message":{"messageType":"text","message":%q}}`, "message "+m))
	}
	post(w.t, w.url, "/api/rooms/demo/acts", `{"verb":"says","who":"ann","message":{"messageType":"text","message":"order"}}`)
	w.in("size")
}

// TestGallery draws a message of each kind: nothing fails, and warnings stand where
// a real client would fail.
func TestGallery(t *testing.T) {
	w := newPage(t, wide)
	show(w)
	w.until(fmt.Sprintf("document.querySelectorAll('.theirs').length === %d", len(gallery)))
	all := w.text("#timeline")
	for _, want := range []string{
		"Empty in the web client: a type it does not know", "We close at six", "menu.pdf", "48 kB", "1:15", "3:21", "Picture 640 × 400", "https://img.example/a-small.jpg",
		"25.03398, 121.56447", "FunFunFamily-7", "<b>html</b> <img src=x>",
	} {
		require.Contains(t, all, want)
	}
	require.Equal(t, 3, js[int](w, "document.querySelectorAll('.carousel')[0].children.length"))
	require.Zero(t, js[int](w, "document.querySelectorAll('.carousel')[0].lastChild.querySelectorAll('button').length"), "the web client draws no buttons there")
	require.Equal(t, []string{"url"}, js[[]string](w, "[...document.querySelectorAll('.emptybubble')].map(() => 'url')"))
	require.Greater(t, js[int](w, "document.querySelectorAll('.findings').length"), 3)
	for i := range 5 {
		js[bool](w, fmt.Sprintf("document.getElementById('scroll').scrollTop = %d * 740, true", i))
		w.shot(fmt.Sprintf("gallery-%d", i))
	}
}

// TestButtonsSay presses what there is to press.
func TestButtonsSay(t *testing.T) {
	w := newPage(t, wide)
	show(w)
	said := func(text string) { w.says(text); w.says("You said: " + text) }
	w.button("Again")
	said("again")
	w.button("Press")
	w.until("document.querySelector('.toast')?.textContent.includes('does nothing here')")
	w.button("Yes")
	said("yes")
}
