package talk

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var keywords = []string{"room", "user", "robot", "event", "at", "with"}

// word writes an ID or a name, in quotes when it would not be read back.
func word(s string) string {
	if !slices.Contains(keywords, s) && bareWord(s) == s && s != "" {
		return s
	}
	return strconv.Quote(s)
}

// bareWord returns the beginning of s that needs no quotes.
func bareWord(s string) string {
	for i, r := range s {
		switch {
		case strings.ContainsRune(`:,<>"|`, r), i == 0 && strings.ContainsRune("#=[{~", r),
			unicode.IsSpace(r), !unicode.IsPrint(r), r == utf8.RuneError:
			return s[:i]
		}
	}
	return s
}

// cutWord splits a word from the front of s. quoted tells "room" from room.
func cutWord(s string) (w, rest string, quoted, ok bool) {
	if q, err := strconv.QuotedPrefix(s); err == nil && q[0] == '"' {
		w, _ = strconv.Unquote(q)
		return w, s[len(q):], true, true
	}
	w = bareWord(s)
	return w, s[len(w):], false, w != ""
}

// state writes the rest of a line that is one name, such as a state's.
func state(s string) string {
	if s == "" || s[0] == '"' || !plainLine(s) {
		return strconv.Quote(s)
	}
	return s
}

// readState is the inverse of state.
func readState(s string) (string, bool) {
	if strings.HasPrefix(s, `"`) {
		v, err := strconv.Unquote(s)
		return v, err == nil
	}
	return s, s != ""
}

// plainLine reports whether s survives being one trimmed line of text.
func plainLine(s string) bool {
	if !utf8.ValidString(s) || strings.TrimSpace(s) != s {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) && r != '\u3000' && r != '\u00a0' })
}
