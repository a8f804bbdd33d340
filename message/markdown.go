package message

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Markdown builds a formatted text out of parts that cannot spoil one another:
// whatever is passed in is shown as it is written, so text of a person is safe
// anywhere. The zero value is empty and ready; do not copy one in use.
//
//	var t message.Markdown
//	t.Bold("Your order").Text(": one ").Text(m.Text())
//	return bot.Send(t.Message()), nil
//
// The web client shows the formatting, in messages of type text and mixed. The
// mobile client shows the marks instead ("**Your order**"), and so does
// everything else the text may reach, such as a notification.
type Markdown struct {
	e        escaper
	mentions []string
}

// Text adds text as it is. Its line ends start new lines.
func (t *Markdown) Text(text string) *Markdown {
	t.e.text(text)
	return t
}

// Bold adds text in bold.
func (t *Markdown) Bold(text string) *Markdown { return t.emphasis("**", text) }

// Italic adds text in italics.
func (t *Markdown) Italic(text string) *Markdown { return t.emphasis("*", text) }

// Code adds text in a fixed-width font, on one line.
func (t *Markdown) Code(text string) *Markdown {
	text = strings.ReplaceAll(newlines.Replace(text), "\n", " ")
	if isBlank(text) {
		return t.Text(text)
	}
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	t.e.endLink()
	if t.e.last == '`' || !t.e.inLine && len(fence) > 2 { // else one run, or a block
		t.e.mark(string(wordJoiner))
	}
	if strings.Trim(text, "` ") != text {
		text = " " + text + " " // Markdown takes one blank away at both ends
	}
	text = atID.ReplaceAllString(strings.ToValidUTF8(text, "\ufffd"), "${1}@"+string(wordJoiner)+"${2}")
	t.e.mark(fence + text + fence)
	return t
}

// atID finds what the web client would replace by a nickname, even in code.
var atID = regexp.MustCompile(`(^|[^\pL\d])@([A-Za-z0-9_.·-])`)

// Link adds a label that opens url, which is an address that [URIAction] takes;
// with any other url the label stands alone.
func (t *Markdown) Link(label, url string) *Markdown {
	if !isLink(url) || isBlank(label) {
		return t.Text(label)
	}
	t.e.endLink()
	if t.e.last == '!' { // would make it a picture
		t.e.mark(string(wordJoiner))
	}
	t.e.mark("[")
	t.e.label = true
	t.e.text(label)
	t.e.label = false
	t.e.endLink()
	t.e.mark("](" + destination.Replace(url) + ")")
	return t
}

// destination writes the characters of a URL that end a link, or mean something
// in one, in the way URLs have for them.
var destination = strings.NewReplacer(
	"(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", "`", "%60", `"`, "%22", "'", "%27",
	"*", "%2A", "[", "%5B", "]", "%5D", "|", "%7C", "&", "&amp;",
)

// Mention adds the name of a user, by ID, and tells them of it. The web client
// shows the nickname for IDs of 2 to 37 letters, digits, "_", "-", "." and "·";
// others stay IDs in the text.
func (t *Markdown) Mention(clientID string) *Markdown {
	t.e.endLink()
	if resolvable.MatchString(clientID) && Escape(clientID) == clientID {
		t.e.mark("@" + clientID)
	} else {
		t.Text("@" + clientID)
	}
	t.e.mark(string(wordJoiner)) // ends the ID, whatever follows
	if !slices.Contains(t.mentions, clientID) {
		t.mentions = append(t.mentions, clientID)
	}
	return t
}

// Line starts a new line.
func (t *Markdown) Line() *Markdown {
	t.e.newline()
	return t
}

// String returns the text so far.
func (t *Markdown) String() string { return t.e.out.String() }

// Message returns a text message of what was built, with its mentions.
func (t *Markdown) Message() *Message {
	m := Text(t.String())
	m.Mentions = slices.Clone(t.mentions)
	return m
}

// emphasis puts marks around text. They work only where they touch it, and where
// no punctuation makes their direction unclear; a character of no width helps.
func (t *Markdown) emphasis(marks, text string) *Markdown {
	text = newlines.Replace(text)
	inner := strings.Trim(text, " \t\n")
	if inner == "" {
		return t.Text(text)
	}
	at := strings.Index(text, inner)
	t.Text(text[:at])
	t.e.endLink()
	if t.e.last == '*' { // else one run of marks
		t.e.mark(string(wordJoiner))
	}
	t.e.mark(marks)
	if first, _ := utf8.DecodeRuneInString(inner); !isWord(first) {
		t.e.mark(string(wordJoiner))
	}
	t.e.text(inner)
	t.e.endLink()
	if !isWord(t.e.last) {
		t.e.mark(string(wordJoiner))
	}
	t.e.mark(marks)
	return t.Text(text[at+len(inner):])
}

// mark writes markup.
func (e *escaper) mark(s string) {
	e.raw(s)
	e.link = false
}

// longestRun is the length of the longest run of c in s.
func longestRun(s string, c rune) int {
	longest, run := 0, 0
	for _, r := range s {
		if r != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
