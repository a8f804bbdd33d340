package message

import "slices"

// FlexContainer is the content of a flex message: one bubble (a card laid out
// freely), or a carousel of bubbles. The vendor's web client draws the part of
// LINE's flex messages that is described here. The mobile client shows the
// message's fallback text.
type FlexContainer struct {
	Type string `json:"type" validate:"required,oneof=bubble carousel"`

	// Of a bubble, from top to bottom.

	Size   string         `json:"size,omitzero" validate:"omitempty,oneof=nano micro kilo mega giga"` // 120, 160, 260, 300 or 386 pixels wide
	Header *FlexComponent `json:"header,omitzero"`
	Hero   *FlexComponent `json:"hero,omitzero"`
	Body   *FlexComponent `json:"body,omitzero"`
	Footer *FlexComponent `json:"footer,omitzero"`
	Styles *FlexStyles    `json:"styles,omitzero"`

	// Of a carousel.

	Contents []FlexContainer `json:"contents,omitzero" validate:"omitempty,max=12,dive"`
}

const (
	typeBubble       = "bubble"
	typeFlexCarousel = "carousel"
)

// FlexStyles colours the parts of a bubble.
type FlexStyles struct {
	Header *FlexStyle `json:"header,omitzero"`
	Hero   *FlexStyle `json:"hero,omitzero"`
	Body   *FlexStyle `json:"body,omitzero"`
	Footer *FlexStyle `json:"footer,omitzero"`
}

// FlexStyle colours one part of a bubble. Colours are CSS colours.
type FlexStyle struct {
	BackgroundColor string `json:"backgroundColor,omitzero"`
	Separator       bool   `json:"separator,omitzero"` // a line above the part
	SeparatorColor  string `json:"separatorColor,omitzero"`
}

// FlexComponent is one element of a bubble. Which fields count depends on Type;
// the functions that return one set what their type needs. Sizes are one of
// none, xxs, xs, sm, md, lg, xl, xxl, 3xl, 4xl and 5xl where LINE allows them,
// or CSS lengths.
type FlexComponent struct {
	Type string `json:"type" validate:"required"`

	// Of boxes.

	Layout          string          `json:"layout,omitzero" validate:"omitempty,oneof=vertical horizontal baseline"`
	Contents        []FlexComponent `json:"contents,omitzero" validate:"omitempty,dive"` // of a text: spans, which the web client does not draw
	Spacing         string          `json:"spacing,omitzero"`                            // between the contents
	BackgroundColor string          `json:"backgroundColor,omitzero"`
	BorderColor     string          `json:"borderColor,omitzero"`
	BorderWidth     string          `json:"borderWidth,omitzero"`
	CornerRadius    string          `json:"cornerRadius,omitzero"`
	Width           string          `json:"width,omitzero"`
	MaxWidth        string          `json:"maxWidth,omitzero"`
	Height          string          `json:"height,omitzero"`
	MaxHeight       string          `json:"maxHeight,omitzero"`

	// Of texts and spans, and of whatever else is marked.

	Text   string `json:"text,omitzero"` // of inputs too: the prompt
	Size   string `json:"size,omitzero"` // of buttons and icons too
	Weight string `json:"weight,omitzero" validate:"omitempty,oneof=regular bold"`
	Color  string `json:"color,omitzero"` // of buttons too
	Wrap   bool   `json:"wrap,omitzero"`
	Flex   *int   `json:"flex,omitzero" validate:"omitnil,gte=0"` // share of the width
	Margin string `json:"margin,omitzero"`                        // of anything in a box: space before it

	// Of buttons and ratings. On other elements the web client ignores it.

	Action *Action `json:"action,omitzero"`
	Style  string  `json:"style,omitzero" validate:"omitempty,oneof=primary secondary link"` // of buttons

	// Of images, videos and icons.

	URL         string `json:"url,omitzero" validate:"omitempty,mediaurl"`
	AspectRatio string `json:"aspectRatio,omitzero" validate:"omitempty,ratio"`          // "width:height"; images 1:1, videos 16:9 when empty
	AspectMode  string `json:"aspectMode,omitzero" validate:"omitempty,oneof=cover fit"` // of images

	// Of inputs.

	Subtype   string `json:"subtype,omitzero"`   // what is asked for, such as "email", which the web client checks
	Completed bool   `json:"completed,omitzero"` // it was filled in already
}

// Flex returns a message of bubbles: one alone, or up to twelve side by side.
// fallback is what the mobile client shows.
//
// A bubble that is alone and has a body breaks the history page of the mobile
// client. Where people may use that client, send it as a [FlexCarousel] of one.
func Flex(fallback string, c FlexContainer) *Message {
	m := &Message{Type: TypeFlex, Text: fallback}
	m.Contents = &c
	return m
}

// FlexBubble returns a card whose elements stand beneath one another. Its other
// parts (Header, Hero, Footer) and looks are fields.
func FlexBubble(body ...FlexComponent) FlexContainer {
	return FlexContainer{Type: typeBubble, Body: new(FlexBox("vertical", body...))}
}

// FlexCarousel returns cards side by side, at most twelve.
func FlexCarousel(bubbles ...FlexContainer) FlexContainer {
	return FlexContainer{Type: typeFlexCarousel, Contents: slices.Clone(bubbles)}
}

// FlexBox returns a box that lays its elements out "vertical", "horizontal" or
// on one "baseline".
func FlexBox(layout string, contents ...FlexComponent) FlexComponent {
	return FlexComponent{Type: typeBox, Layout: layout, Contents: slices.Clone(contents)}
}
