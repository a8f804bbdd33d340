package message

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape returns text such that the web client shows it as it is written:
// nothing in it becomes HTML, Markdown or a mention. Use it for whatever a
// person wrote (a name, an order, a search) before it goes into a text that is
// shown to others.
//
// Addresses (http, https) stay as they are and become links, as they do in
// every message. Escapes are visible in the mobile client, which shows texts
// literally, so Escape adds no more than the web client needs: most texts come
// back unchanged.
//
// It is for [Text] and [Mixed], the types whose text the web client reads as
// Markdown. Announcements and the texts on buttons need none.
func Escape(text string) string {
	var e escaper
	e.text(text)
	return e.out.String()
}

// escaper writes Markdown. What has to be escaped depends on what stands
// before, so it remembers that.
type escaper struct {
	out    strings.Builder
	inLine bool // something other than blanks stands in this line
	number bool // what stands in this line are digits
	link   bool // what stands since the last blank may begin a link
	label  bool // inside the brackets of a link
	last   rune // the rune before, 0 at the start
}

// literal are addresses that the web client takes for links. It reads those
// before any markup, so escapes would become part of them. Characters that are
// rare in addresses and mean something in Markdown end one.
var literal = regexp.MustCompile(`https?://[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?::[0-9]+)?(?:[/?#][A-Za-z0-9._~:/?#@!$&+,;=%-]*[A-Za-z0-9/=%+-])?`)

func (e *escaper) text(s string) {
	s = newlines.Replace(s)
	for s != "" {
		at := literal.FindStringIndex(s)
		if at == nil {
			at = []int{len(s), len(s)}
		}
		if ref := entities.FindStringIndex(s[at[0]:]); ref != nil {
			at[1] = min(at[1], at[0]+ref[0])
		}
		e.markup(s[:at[0]])
		if isWord(e.last) { // no address to the client
			e.markup(s[at[0]:at[1]])
		} else {
			e.raw(s[at[0]:at[1]])
		}
		s = s[at[1]:]
	}
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// raw writes s as it is.
func (e *escaper) raw(s string) {
	if s == "" {
		return
	}
	e.out.WriteString(s)
	e.inLine, e.number, e.link = true, false, true
	e.last, _ = utf8.DecodeLastRuneInString(s)
}

// markup writes s so that nothing in it is markup. Bytes that are no UTF-8
// become U+FFFD.
func (e *escaper) markup(s string) {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		next, _ := utf8.DecodeRuneInString(s[size:])
		e.rune(r, next, s)
		s = s[size:]
	}
}

func (e *escaper) rune(r, next rune, rest string) {
	switch {
	case r == '\n':
		e.newline()
		return
	case r == ' ' || r == '\t':
		e.blank(next)
		return
	case e.isMarkup(r, next, rest):
		e.endLink()
		e.out.WriteByte('\\')
	}
	e.out.WriteRune(r)
	e.link = e.link || e.beginsLink(r, next)
	if r == '@' && isID(next) && !isWord(e.last) {
		e.out.WriteRune(wordJoiner) // else the web client puts in a nickname, unescaped
	}
	e.number = isDigit(r) && (e.number || !e.inLine)
	e.inLine, e.last = true, r
}

// beginsLink reports whether the client may take what r stands in for a link:
// "https://", "www.", "cafe.example", "ann@cafe.example".
func (e *escaper) beginsLink(r, next rune) bool {
	switch r {
	case '@':
		return isWord(e.last)
	case '.':
		return isWord(next)
	case '/':
		return e.last == '/'
	}
	return false
}

// endLink keeps a link from swallowing what follows. The web client's links
// reach to the next blank and take backslashes with them, which would leave a
// tag without its escape: "https://example.com/\<script>".
func (e *escaper) endLink() {
	if e.link {
		e.out.WriteRune(hairSpace)
		e.link, e.last = false, hairSpace
	}
}

const (
	noBreakSpace = '\u00a0'
	wordJoiner   = '\u2060'
	hairSpace    = '\u200a' // the thinnest blank there is
	entity       = "&nbsp;" // the same blank in a form that is not trimmed
)

// newline ends a line. An empty one gets a blank that cannot be seen, since
// empty lines collapse into the space between paragraphs.
func (e *escaper) newline() {
	if !e.inLine && e.last != noBreakSpace {
		e.hardBlank()
	}
	e.out.WriteByte('\n')
	e.inLine, e.number, e.link, e.last = false, false, false, '\n'
}

// blank writes a blank, in a form that stays where Markdown drops blanks or
// takes them for markup: at the start of a line and next to another.
func (e *escaper) blank(next rune) {
	if !e.inLine || e.last == ' ' || e.last == noBreakSpace || next == ' ' || next == '\t' {
		e.hardBlank()
		return
	}
	e.out.WriteByte(' ')
	e.number, e.link, e.last = false, false, ' '
}

// hardBlank writes the entity only where the text begins, because the character
// would be trimmed there and the entity is visible in the mobile client.
func (e *escaper) hardBlank() {
	if e.out.Len() == 0 {
		e.out.WriteString(entity)
	} else {
		e.out.WriteRune(noBreakSpace)
	}
	e.number, e.link, e.last = false, false, noBreakSpace
}

// isMarkup reports whether r would mean something here.
func (e *escaper) isMarkup(r, next rune, rest string) bool {
	switch r {
	case '\\', '`', '*', '~', '[':
		return true
	case ']':
		return e.label
	case '_': // snake_case is no emphasis
		return !isWord(e.last) || !isWord(next)
	case '<':
		return !lessThan.MatchString(rest)
	case '&':
		at := entities.FindStringIndex(rest)
		return at != nil && at[0] == 0
	case '#', '+', '-', '=', '>', '|', ':':
		return !e.inLine
	case '.', ')':
		return e.number
	}
	return false
}

var (
	entities = regexp.MustCompile(`&#?\w+;`)
	lessThan = regexp.MustCompile(`^<(?:[\s=]|[0-9.]+(?:\s|$))`) // "a < b", "<= 4", "<3" are no tags
)

func isDigit(r rune) bool  { return '0' <= r && r <= '9' }
func isLetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

// isWord reports whether r is inside a word, for which Markdown takes anything
// but blanks and punctuation.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isID reports whether r can begin the ID of a mention.
func isID(r rune) bool { return isDigit(r) || isLetter(r) || strings.ContainsRune("_-.·", r) }
