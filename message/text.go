package message

// Text returns a text message. The web client reads it as Markdown in which
// HTML is live; the mobile client shows it as it is written. Pass what came from
// a person through [Escape], or write with [Markdown].
//
// Links need nothing special: both clients make addresses in the text clickable
// and show a preview.
func Text(text string) *Message { return &Message{Type: TypeText, Text: text} }

// Announcement returns a line in the middle of the room that shows no sender,
// always as plain text (web client, mobile client).
func Announcement(text string) *Message { return &Message{Type: TypeAnnouncement, Text: text} }
