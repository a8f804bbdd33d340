package message

import "slices"

// Template is the content of a template message: a card, a row of cards, a
// question. Which fields count depends on Type,
// one of "buttons", "confirm", "carousel" and "image_carousel". The web client draws it; the
// mobile client shows the message's fallback text alone, so the constructors
// write the choices into that.
//
// Texts that are too long are cut by the web client, not refused: see
// [Message.Findings].
type Template struct {
	Type string `json:"type" validate:"required,oneof=buttons confirm carousel image_carousel"`

	// Of "buttons" and "confirm".

	Title   string   `json:"title,omitzero"` // buttons only
	Text    string   `json:"text,omitzero"`
	Actions []Action `json:"actions,omitzero" validate:"omitempty,dive"` // must be there, if empty: without it the web client shows nothing

	// Of "buttons"; a column has its own.

	ThumbnailImageURL string  `json:"thumbnailImageUrl,omitzero" validate:"omitempty,mediaurl"`
	DefaultAction     *Action `json:"defaultAction,omitzero"` // on pressing the picture or the text

	// Of "carousel" and "image_carousel".

	Columns  []Column `json:"columns,omitzero" validate:"max=10,dive"`
	Category string   `json:"category,omitzero"` // "survey" shows the buttons of every column

	// How pictures are drawn, in buttons and carousels.

	ImageAspectRatio     string `json:"imageAspectRatio,omitzero" validate:"omitempty,oneof=rectangle square"` // rectangle (1.51:1) when empty
	ImageSize            string `json:"imageSize,omitzero" validate:"omitempty,oneof=cover contain"`           // cover when empty
	ImageBackgroundColor string `json:"imageBackgroundColor,omitzero"`                                         // "#ffffff" when empty

	QuickReply *QuickReply `json:"quickReply,omitzero"`
}

const (
	typeButtons       = "buttons"
	typeConfirm       = "confirm"
	typeCarousel      = "carousel"
	typeImageCarousel = "image_carousel"
)

// Column is one card of a carousel: a text with buttons, or a picture that is a
// button itself.
type Column struct {
	Title                string   `json:"title,omitzero"`
	Text                 string   `json:"text,omitzero"`
	Actions              []Action `json:"actions,omitzero" validate:"omitempty,dive"` // must be there, if empty
	ThumbnailImageURL    string   `json:"thumbnailImageUrl,omitzero" validate:"omitempty,mediaurl"`
	ImageBackgroundColor string   `json:"imageBackgroundColor,omitzero"`
	DefaultAction        *Action  `json:"defaultAction,omitzero"` // on pressing the picture or the text

	// OpenQuickReply shows the buttons; without it the web client hides them.
	// Carousel sets it.
	OpenQuickReply bool `json:"openQuickReply,omitzero"`

	// Of "image_carousel".

	ImageURL string  `json:"imageUrl,omitzero" validate:"omitempty,mediaurl"`
	Action   *Action `json:"action,omitzero"`
}

// QuickReply is a row of buttons above the input, shown while the message is
// the room's last.
type QuickReply struct {
	Items []QuickReplyItem `json:"items" validate:"min=1,max=13,dive"`
}

// QuickReplyItem is one button of a [QuickReply].
type QuickReplyItem struct {
	Action Action `json:"action"`
}

// Tile is one picture of an image carousel.
type Tile struct {
	ImageURL string
	Action   Action // on pressing the picture; its label is not drawn
}

// Buttons returns a text with up to four buttons under it. A title and a
// picture can be set in the message's Template.
func Buttons(text string, actions ...Action) *Message {
	return template(text, Template{Type: typeButtons, Text: text, Actions: list(actions)}, actions)
}

// Confirm returns a question with two buttons.
func Confirm(text string, yes, no Action) *Message {
	actions := []Action{yes, no}
	return template(text, Template{Type: typeConfirm, Text: text, Actions: actions}, actions)
}

// Carousel returns up to ten cards side by side, with up to three buttons each.
func Carousel(columns ...Column) *Message {
	t := Template{Type: typeCarousel, Columns: slices.Clone(columns)}
	var fallback string
	for i := range t.Columns {
		c := &t.Columns[i]
		c.Actions, c.OpenQuickReply = list(c.Actions), true
		fallback += spelled(spelled(c.Title, c.Text), choices(c.Actions)) + "\n\n"
	}
	return template(trim(fallback), t, nil)
}

// ImageCarousel returns up to ten pictures side by side, each of which is a
// button.
func ImageCarousel(tiles ...Tile) *Message {
	t := Template{Type: typeImageCarousel}
	var actions []Action
	for _, tile := range tiles {
		t.Columns = append(t.Columns, Column{ImageURL: tile.ImageURL, Action: &tile.Action})
		actions = append(actions, tile.Action)
	}
	return template("", t, actions)
}

// QuickReplies returns a text with up to 13 buttons above the input, which go
// away with the next message. They come as a template message, the only type
// with which the web client shows them.
func QuickReplies(text string, actions ...Action) *Message {
	t := Template{Type: typeButtons, Text: text, Actions: []Action{}, QuickReply: &QuickReply{}}
	for _, a := range actions {
		t.QuickReply.Items = append(t.QuickReply.Items, QuickReplyItem{Action: a})
	}
	return template(text, t, actions)
}

func template(text string, t Template, actions []Action) *Message {
	m := &Message{Type: TypeTemplate, Text: spelled(text, choices(actions))}
	m.Template = &t
	return m
}

// list is a copy of actions that encodes as an array even when it is empty.
func list(actions []Action) []Action { return append([]Action{}, actions...) }
