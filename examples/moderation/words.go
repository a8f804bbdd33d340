package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Words scores texts by what is found in them.
type Words []entry

type entry struct {
	found  *regexp.Regexp
	points int
}

// ParseWords reads the form that words.txt describes. Errors name the line.
func ParseWords(text string) (Words, error) {
	var words Words
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		e, err := parseEntry(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		words = append(words, e)
	}
	return words, nil
}

func parseEntry(line string) (e entry, err error) {
	points, what, _ := strings.Cut(line, " ")
	if e.points, err = strconv.Atoi(points); err != nil {
		return e, fmt.Errorf("%q is no number of points", points)
	}
	what = plain(strings.TrimSpace(what))
	if what == "" {
		return e, fmt.Errorf("a word or a /pattern/ is missing")
	}
	expr := whole(what)
	if len(what) > 2 && what[0] == '/' && what[len(what)-1] == '/' {
		expr = what[1 : len(what)-1]
	}
	e.found, err = regexp.Compile("(?i)" + expr)
	return e, err
}

// whole matches a word, though not inside a longer one. Scripts without blanks
// between words have no such boundaries, and Go knows those of ASCII only.
func whole(word string) string {
	expr := regexp.QuoteMeta(word)
	if word[0] < 0x80 {
		expr = `\b` + expr
	}
	if word[len(word)-1] < 0x80 {
		expr += `\b`
	}
	return expr
}

// Score adds up the points of everything in the text. Go's regular expressions
// take time in proportion to the text, whatever is in it.
func (w Words) Score(text string) int {
	text = plain(text)
	score := 0
	for _, e := range w {
		if e.found.MatchString(text) {
			score += e.points
		}
	}
	return score
}

// plain undoes what people do to get a word past a filter: look-alikes such as
// full-width letters, accents, and characters that cannot be seen.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Mn, unicode.Cf) {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
	return norm.NFC.String(text)
}
