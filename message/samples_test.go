package message_test

import (
	"time"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json/jsontext"
)

const files = "https://chat.example/files/chatserver-upload/"

var (
	small = message.TextAction("Small", "small")
	large = message.TextAction("Large", "large")
	menu  = message.URIAction("Menu", "https://cafe.example/menu")
)

// samples holds a message of each constructor and its variants, by the name of
// its golden file: the constructor's name, then the variant's.
func samples() map[string]*message.Message {
	return map[string]*message.Message{
		"Text":         message.Text("Small or large?"),
		"Text_options": message.Text("@ann, one large coffee").InReplyTo("66f0c0ffee00000000000001").Mention("ann").WithExtra(map[string]any{"order": 7}),

		"Image": message.Image(files+"1", 800, 600),
		"Images": message.Images(
			message.Picture{OriginalURL: files + "1", ThumbnailURL: files + "1s", Width: 800, Height: 600},
			message.Picture{OriginalURL: files + "2", Width: 300, Height: 300},
		).WithFallback("Two photos"),
		"Mixed": message.Mixed("Our new place", message.Picture{OriginalURL: files + "1", Width: 800, Height: 600}),
		"Video": message.Video(message.Clip{
			URL: files + "3", ThumbnailURL: files + "3s", Width: 640, Height: 360, Length: 12400 * time.Millisecond,
			FileInfo: message.FileInfo{Name: "latte art.mp4", Bytes: 1 << 20},
		}),
		"Video_bare":      message.Video(message.Clip{URL: files + "3", ThumbnailURL: files + "3s", Width: 640, Height: 360}),
		"Audio":           message.Audio(files+"4", 3*time.Second),
		"Audio_file":      message.Audio(files+"4", 300*time.Millisecond).WithFile(message.FileInfo{Name: "bell.m4a", Bytes: 4096}),
		"File":            message.File(files+"7", "menu.pdf", 48213),
		"File_type":       message.File(files+"8", "LICENSE", 1063).WithFile(message.FileInfo{Name: "LICENSE", MIMEType: "text/plain", Bytes: 1063}),
		"Location":        message.Location(25.0339, 121.5645, "No. 7, Sec. 5, Xinyi Rd., Taipei"),
		"Location_zero":   message.Location(0, 0, "Null Island"),
		"Sticker":         message.Sticker("FunFunFamily-1"),
		"Sticker_url":     message.Sticker("https://cafe.example/cup.png"),
		"Announcement":    message.Announcement("We close at six today"),
		"Buttons":         message.Buttons("Small or large?", small, large),
		"Buttons_card":    card(),
		"Confirm":         message.Confirm("One large coffee, yes?", message.TextAction("Yes", "yes"), message.TextAction("No", "no")),
		"Carousel":        message.Carousel(message.Column{Title: "Latte", Text: "3.50", Actions: []message.Action{message.TextAction("Order", "/order latte"), menu}}, message.Column{Text: "Sold out"}),
		"ImageCarousel":   message.ImageCarousel(message.Tile{ImageURL: "https://cafe.example/latte.png", Action: message.TextAction("Latte", "/order latte")}, message.Tile{ImageURL: "https://cafe.example/menu.png", Action: menu}),
		"QuickReplies":    message.QuickReplies("Small or large?", small, large),
		"Flex":            message.Flex("Latte, 3.50", bubble()),
		"Flex_carousel":   message.Flex("Latte, 3.50", message.FlexCarousel(bubble())),
		"Flex_vendor":     message.Flex("How was it?", message.FlexCarousel(message.FlexBubble(message.FlexRating("Your coffee"), message.FlexInput("email", "E-mail for the receipt")))),
		"Custom":          message.Custom("order-card", "Order 7", map[string]any{"order": map[string]any{"id": 7, "lines": []string{"latte"}}, "url": "https://cafe.example/7"}),
		"Custom_raw":      message.Custom("order-card", "Order 7", jsontext.Value(`{"order": {"id": 7}}`)),
		"Custom_bare":     message.Custom("bell", "The bell rings", nil),
		"Custom_built_in": message.Custom(message.TypeText, "Hello", map[string]any{"originalLanguage": "en"}),
	}
}

// card has everything a card of buttons can have.
func card() *message.Message {
	m := message.Buttons("Freshly roasted", small, menu)
	m.Template.Title = "Coffee"
	m.Template.ThumbnailImageURL = "https://cafe.example/coffee.png"
	m.Template.ImageAspectRatio = "square"
	m.Template.ImageSize = "contain"
	m.Template.ImageBackgroundColor = "#f4ede4"
	m.Template.DefaultAction = &menu
	return m
}

// bubble has one of every element.
func bubble() message.FlexContainer {
	title := message.FlexText("Latte")
	title.Weight, title.Size, title.Color, title.Flex = "bold", "xl", "#3e2723", new(2)
	price := message.FlexBox("baseline", message.FlexIcon("https://cafe.example/coin.png"), message.FlexText("3.50"))
	price.Spacing, price.Margin = "sm", "md"
	b := message.FlexBubble(title, price, message.FlexSeparator(), message.FlexVideo("https://cafe.example/latte.mp4"))
	b.Size = "kilo"
	hero := message.FlexImage("https://cafe.example/latte.png")
	hero.AspectRatio, hero.AspectMode = "20:13", "cover"
	order := message.FlexButton(message.TextAction("Order", "/order latte"))
	order.Style, order.Color = "primary", "#3e2723"
	b.Hero, b.Footer = &hero, new(message.FlexBox("horizontal", order, message.FlexButton(menu)))
	b.Styles = &message.FlexStyles{Footer: &message.FlexStyle{BackgroundColor: "#f4ede4", Separator: true, SeparatorColor: "#3e2723"}}
	return b
}
