package message

const (
	typeBox       = "box"
	typeFlexText  = "text"
	typeSpan      = "span"
	typeButton    = "button"
	typeFlexImage = "image"
	typeFlexVideo = "video"
	typeIcon      = "icon"
	typeSeparator = "separator"
	typeInput     = "input"
	typeRating    = "rating"
)

// FlexText returns a text that goes on in the next line where it has to.
func FlexText(text string) FlexComponent {
	return FlexComponent{Type: typeFlexText, Text: text, Wrap: true}
}

// FlexButton returns a button.
func FlexButton(action Action) FlexComponent {
	return FlexComponent{Type: typeButton, Action: &action}
}

// FlexImage returns a picture, square unless AspectRatio is set.
func FlexImage(url string) FlexComponent { return FlexComponent{Type: typeFlexImage, URL: url} }

// FlexVideo returns a video, 16:9 unless AspectRatio is set.
func FlexVideo(url string) FlexComponent { return FlexComponent{Type: typeFlexVideo, URL: url} }

// FlexIcon returns a small picture that stands in a line of text.
func FlexIcon(url string) FlexComponent { return FlexComponent{Type: typeIcon, URL: url} }

// FlexSeparator returns a break between elements, which the web client draws as
// an empty block.
func FlexSeparator() FlexComponent { return FlexComponent{Type: typeSeparator} }

// FlexInput returns a field to fill in, an addition of the vendor. subtype says
// what is asked for, such as "email", which the web client checks; prompt stands
// in the empty field. What is filled in goes to the page around the web client
// (flexMessageInputSubmitted), which has to pass it on: the bot does not see it.
func FlexInput(subtype, prompt string) FlexComponent {
	return FlexComponent{Type: typeInput, Subtype: subtype, Text: prompt}
}

// FlexRating returns stars to press, an addition of the vendor. As with
// [FlexInput], the result goes to the page around the web client
// (flexMessageRatingSubmitted).
func FlexRating(text string) FlexComponent {
	return FlexComponent{Type: typeRating, Action: &Action{Text: text}}
}
