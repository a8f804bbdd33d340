package message_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json"
)

// show prints the message as it goes out, or why it does not.
func show(m *message.Message) {
	if err := m.Validate(); err != nil {
		fmt.Println(err)
		return
	}
	out, err := json.Marshal(m)
	fmt.Println(string(out), err)
}

func ExampleText() {
	show(message.Text("Small or large?"))
	// Output: {"messageType":"text","message":"Small or large?"} <nil>
}

func ExampleAnnouncement() {
	show(message.Announcement("We close at six today"))
	// Output: {"messageType":"announcement","message":"We close at six today"} <nil>
}

func ExampleImage() {
	show(message.Image("https://chat.example/files/chatserver-upload/1", 800, 600))
	// Output: {"messageType":"image","message":"Image","originalUrl":"https://chat.example/files/chatserver-upload/1","thumbnailUrl":"https://chat.example/files/chatserver-upload/1","width":800,"height":600,"images":[{"originalUrl":"https://chat.example/files/chatserver-upload/1","thumbnailUrl":"https://chat.example/files/chatserver-upload/1","width":800,"height":600}]} <nil>
}

func ExampleImages() {
	m := message.Images(
		message.Picture{OriginalURL: "https://chat.example/files/chatserver-upload/1", ThumbnailURL: "https://chat.example/files/chatserver-upload/2", Width: 800, Height: 600},
		message.Picture{OriginalURL: "https://chat.example/files/chatserver-upload/3", Width: 300, Height: 300},
	)
	fmt.Println(len(m.Images), m.ThumbnailURL, m.Images[1].ThumbnailURL, m.Validate())
	// Output: 2 https://chat.example/files/chatserver-upload/2 https://chat.example/files/chatserver-upload/3 <nil>
}

func ExampleMixed() {
	m := message.Mixed("Our new place", message.Picture{OriginalURL: "https://chat.example/files/chatserver-upload/1", Width: 800, Height: 600})
	for _, f := range m.Findings() {
		fmt.Println(f)
	}
	// Output: mobile: messageType: Only the fallback text is shown.
}

func ExampleVideo() {
	m := message.Video(message.Clip{
		URL:          "https://chat.example/files/chatserver-upload/3",
		ThumbnailURL: "https://chat.example/files/chatserver-upload/4",
		Width:        640,
		Height:       360,
		Length:       12400 * time.Millisecond,
	})
	show(m)
	// Output: {"messageType":"video","message":"Video","originalUrl":"https://chat.example/files/chatserver-upload/3","thumbnailUrl":"https://chat.example/files/chatserver-upload/4","width":640,"height":360,"duration":12} <nil>
}

func ExampleAudio() {
	show(message.Audio("https://chat.example/files/chatserver-upload/5", 3*time.Second))
	// Output: {"messageType":"audio","message":"Audio","originalUrl":"https://chat.example/files/chatserver-upload/5","duration":3} <nil>
}

func ExampleFile() {
	show(message.File("https://chat.example/files/chatserver-upload/7", "menu.pdf", 48213))
	// Output: {"messageType":"file","message":"menu.pdf","originalUrl":"https://chat.example/files/chatserver-upload/7","url":"https://chat.example/files/chatserver-upload/7","extra":{"bytes":48213,"fileExtension":"pdf","fileName":"menu","mimeType":"application/pdf","mimetype":"application/pdf","title":"menu.pdf"}} <nil>
}

func ExampleLocation() {
	show(message.Location(25.0339, 121.5645, "Taipei 101"))
	// Output: {"messageType":"location","message":"Taipei 101","latitude":25.0339,"longitude":121.5645} <nil>
}

func ExampleSticker() {
	show(message.Sticker("FunFunFamily-1"))
	// Output: {"messageType":"sticker","message":"Sticker","sticker":"FunFunFamily-1"} <nil>
}

func ExampleButtons() {
	m := message.Buttons("Small or large?",
		message.TextAction("Small", "small"),
		message.URIAction("Prices", "https://cafe.example/menu"),
	)
	m.Template.Title = "Coffee" // a title and a picture are fields
	show(m)
	fmt.Println(m.Text)
	// Output:
	// {"messageType":"template","message":"Small or large?\n- Small (small)\n- Prices: https://cafe.example/menu","template":{"type":"buttons","title":"Coffee","text":"Small or large?","actions":[{"type":"message","label":"Small","text":"small"},{"type":"uri","label":"Prices","uri":"https://cafe.example/menu"}]}} <nil>
	// Small or large?
	// - Small (small)
	// - Prices: https://cafe.example/menu
}

func ExampleConfirm() {
	show(message.Confirm("One large coffee?", message.TextAction("Yes", "Yes"), message.TextAction("No", "No")))
	// Output: {"messageType":"template","message":"One large coffee?\n- Yes\n- No","template":{"type":"confirm","text":"One large coffee?","actions":[{"type":"message","label":"Yes","text":"Yes"},{"type":"message","label":"No","text":"No"}]}} <nil>
}

func ExampleCarousel() {
	m := message.Carousel(
		message.Column{Title: "Latte", Text: "3.50", Actions: []message.Action{message.TextAction("Order", "/order latte")}},
		message.Column{Title: "Mocha", Text: "4.00", Actions: []message.Action{message.TextAction("Order", "/order mocha")}},
	)
	fmt.Println(m.Text)
	fmt.Println(m.Template.Columns[0].OpenQuickReply, m.Validate())
	// Output:
	// Latte
	// 3.50
	// - Order (/order latte)
	//
	// Mocha
	// 4.00
	// - Order (/order mocha)
	// true <nil>
}

func ExampleImageCarousel() {
	show(message.ImageCarousel(
		message.Tile{ImageURL: "https://cafe.example/latte.png", Action: message.TextAction("Latte", "/order latte")},
	))
	// Output: {"messageType":"template","message":"- Latte (/order latte)","template":{"type":"image_carousel","columns":[{"imageUrl":"https://cafe.example/latte.png","action":{"type":"message","label":"Latte","text":"/order latte"}}]}} <nil>
}

func ExampleQuickReplies() {
	show(message.QuickReplies("Small or large?", message.TextAction("Small", "Small"), message.TextAction("Large", "Large")))
	// Output: {"messageType":"template","message":"Small or large?\n- Small\n- Large","template":{"type":"buttons","text":"Small or large?","actions":[],"quickReply":{"items":[{"action":{"type":"message","label":"Small","text":"Small"}},{"action":{"type":"message","label":"Large","text":"Large"}}]}}} <nil>
}

func ExampleFlex() {
	title := message.FlexText("Latte")
	title.Weight = "bold"
	bubble := message.FlexBubble(
		title,
		message.FlexText("3.50"),
		message.FlexButton(message.TextAction("Order", "/order latte")),
	)
	bubble.Hero = new(message.FlexImage("https://cafe.example/latte.png"))

	// In a carousel, because mobile clients fail on a bubble that is alone.
	show(message.Flex("Latte, 3.50", message.FlexCarousel(bubble)))
	// Output: {"messageType":"flex","message":"Latte, 3.50","contents":{"type":"carousel","contents":[{"type":"bubble","hero":{"type":"image","url":"https://cafe.example/latte.png"},"body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"Latte","weight":"bold","wrap":true},{"type":"text","text":"3.50","wrap":true},{"type":"button","action":{"type":"message","label":"Order","text":"/order latte"}}]}}]}} <nil>
}

func ExampleCustom() {
	show(message.Custom("order-card", "Order 7: one latte", map[string]any{"order": 7}))
	show(message.Custom("recall", "gone", nil))
	// Output:
	// {"messageType":"order-card","message":"Order 7: one latte","order":7} <nil>
	// message: messageType: must not be a type that only the server sends, nor "url", which the web client does not show
}

func ExampleMessage_InReplyTo() {
	show(message.Text("@ann, one large coffee").InReplyTo("66f0c0ffee00000000000001").Mention("ann"))
	// Output: {"messageType":"text","message":"@ann, one large coffee","reply":"66f0c0ffee00000000000001","mentions":["ann"]} <nil>
}

func ExampleMessage_WithExtra() {
	show(message.Text("One large coffee").WithExtra(map[string]any{"order": 7}))
	// Output: {"messageType":"text","message":"One large coffee","extra":{"order":7}} <nil>
}

func ExampleMessage_Validate() {
	m := message.Buttons("Prices", message.URIAction("Open", "javascript:alert(1)"), message.TextAction("Back", ""))
	err := m.Validate()
	fmt.Println(err)

	if invalid := new(message.ValidationError); errors.As(err, &invalid) {
		fmt.Println(invalid.Problems[0].Path, invalid.Problems[0].Rule)
	}
	// Output:
	// message: template.actions[0].uri: must be an absolute http, https, tel or mailto URL without blanks; template.actions[1].text: must not be blank
	// template.actions[0].uri link
}

func ExampleMessage_Findings() {
	m := message.Flex("Latte, 3.50", message.FlexBubble(message.FlexText("Latte")))
	for _, f := range m.Findings() {
		fmt.Println(f.Effect, f.Code, "-", f)
	}
	// Output:
	// alters shown-as-text - mobile: messageType: Only the fallback text is shown.
	// breaks lone-bubble - mobile: contents: A bubble outside a carousel breaks the whole page of history.
}

func ExampleInspect() {
	for _, f := range message.Inspect([]byte(`{"messageType":"url","message":"Look","url":"https://cafe.example"}`)) {
		fmt.Println(f)
	}
	// Output:
	// web: messageType: The type is unknown to the client, which shows an empty bubble and not even the text.
	// mobile: messageType: Only the fallback text is shown.
}

func ExampleEscape() {
	fmt.Println(message.Escape("small, please"))
	fmt.Println(message.Escape("<b>BIG</b> *please*"))
	// Output:
	// small, please
	// \<b>BIG\</b> \*please\*
}

func ExampleMarkdown() {
	name := "<img src=x>" // a nickname can be anything
	var t message.Markdown
	t.Bold("Your order").Text(", ").Text(name).Line()
	t.Text("1. one ").Italic("large").Text(" coffee, see ").Link("the menu", "https://cafe.example/menu")
	fmt.Println(t.String())
	// Output:
	// **Your order**, \<img src=x>
	// 1\. one *large* coffee, see [the menu](https://cafe.example/menu)
}
