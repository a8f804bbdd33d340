package fsm

import (
	"fmt"
	"strings"
	"unicode"
)

// suggest returns the remedy for a state that is not declared.
func (d *definition) suggest(s State) string {
	if near := d.nearest(s); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "declare it, or name one that is declared"
}

// nearest returns the declared state whose name is at most two typing mistakes
// away, empty if none is.
func (d *definition) nearest(s State) State {
	best, found := 3, State("")
	for _, t := range d.states {
		if t == s || !d.declared(t) {
			continue
		}
		if n := distance(fold(s), fold(t)); n < best && n < len(s)-1 {
			best, found = n, t
		}
	}
	return found
}

// declared reports whether a declaration other than New's own argument names s.
func (d *definition) declared(s State) bool {
	if s != d.initial {
		return true
	}
	return d.closed && lists(d.listed, s) || !d.closed && d.inTransition(s)
}

// fold brings names that people take for the same to one spelling.
func fold(s State) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '_' || r == '-' {
			return -1
		}
		return unicode.ToLower(r)
	}, string(s))
}

// distance counts the typing mistakes between two names: characters added,
// lost, changed, or swapped with the next one.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}

// slip reports whether two names look like one of them was mistyped: one
// mistake, within the name, in no digit. At the end of a name it would be a
// plural or a numbering.
func slip(a, b State) bool {
	x, y := string(a), string(b)
	if min(len(x), len(y)) < 4 || x[len(x)-1] != y[len(y)-1] || len(x)-len(y) > 1 || len(y)-len(x) > 1 {
		return false
	}
	i, j := 0, 0
	for i < min(len(x), len(y)) && x[i] == y[i] {
		i++
	}
	for j < min(len(x), len(y))-i && x[len(x)-1-j] == y[len(y)-1-j] {
		j++
	}
	p, q := x[i:len(x)-j], y[i:len(y)-j]
	swapped := len(p) == 2 && len(q) == 2 && p[0] == q[1] && p[1] == q[0]
	return (len(p) <= 1 && len(q) <= 1 || swapped) && !strings.ContainsAny(p+q, "0123456789")
}
