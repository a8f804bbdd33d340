package event

import (
	"strings"
	"unicode/utf8"
)

// Command is a text read as a command: "/order large "to go"" has the name
// order and the arguments large and to go.
type Command struct {
	Name string   // without the prefix, lower case; empty when the text is no command
	Args []string // split at blanks; quotes keep blanks together
	Rest string   // everything after the name, as it was written, trimmed
}

// Command reads [Message.Text] as a command. prefixes are what a command may
// begin with; none means "/". A name ends at a blank; an "@bot" behind it, which
// some clients add, is dropped.
func (m *Message) Command(prefixes ...string) Command {
	return ParseCommand(m.Text(), prefixes...)
}

// ParseCommand does for any text what [Message.Command] does for a message's.
func ParseCommand(text string, prefixes ...string) Command {
	body, ok := cutPrefix(strings.TrimSpace(text), prefixes)
	if !ok {
		return Command{}
	}
	name, rest := body, ""
	if i := strings.IndexFunc(body, isBlank); i >= 0 {
		name, rest = body[:i], strings.TrimSpace(body[i:])
	}
	name, _, _ = strings.Cut(name, "@")
	if name == "" {
		return Command{}
	}
	return Command{Name: strings.ToLower(name), Args: splitArgs(rest), Rest: rest}
}

func cutPrefix(text string, prefixes []string) (string, bool) {
	if len(prefixes) == 0 {
		return strings.CutPrefix(text, "/")
	}
	for _, p := range prefixes {
		if body, ok := strings.CutPrefix(text, p); ok && p != "" {
			return body, true
		}
	}
	return "", false
}

// closing maps an opening quote to its end. Phones turn straight quotes into
// curly ones.
var closing = map[rune]rune{'"': '"', '“': '”', '„': '“', '«': '»', '「': '」'}

// splitArgs splits at blanks outside quotes. A quote opens only at the start of
// an argument, so that "don't" stays whole; one that never closes reaches to
// the end.
func splitArgs(s string) []string {
	var args []string
	for s = strings.TrimLeftFunc(s, isBlank); s != ""; s = strings.TrimLeftFunc(s, isBlank) {
		var arg string
		arg, s = nextArg(s)
		args = append(args, arg)
	}
	return args
}

func nextArg(s string) (arg, rest string) {
	r, size := utf8.DecodeRuneInString(s)
	if end, quoted := closing[r]; quoted {
		arg, rest, _ = strings.Cut(s[size:], string(end))
		return arg, rest
	}
	if i := strings.IndexFunc(s, isBlank); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// isBlank also counts the no-break and ideographic spaces that clients send.
func isBlank(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\u3000'
}
