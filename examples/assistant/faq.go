package main

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strings"
	"unicode"
)

//go:embed faq.md
var bundled string

// FAQ is questions with their answers, ready to be searched. It never changes
// and may be used by any number of goroutines.
type FAQ struct {
	entries []Entry
	counts  []map[string]float64 // how often each term is in an entry
	sizes   []float64            // how many terms an entry has
	average float64              // of the sizes
	spread  map[string]float64   // in how many entries a term is
}

// Entry is one question with its answer.
type Entry struct{ Question, Answer string }

// ParseFAQ reads Markdown: a question is a heading of the second level, its
// answer is what follows.
func ParseFAQ(markdown string) *FAQ {
	f := &FAQ{spread: map[string]float64{}}
	for _, part := range strings.Split("\n"+markdown, "\n## ")[1:] {
		question, answer, _ := strings.Cut(part, "\n")
		f.add(Entry{strings.TrimSpace(question), strings.TrimSpace(answer)})
	}
	return f
}

func (f *FAQ) add(e Entry) {
	count := map[string]float64{}
	// A word of the question tells more than one of the answer.
	terms := slices.Concat(terms(e.Question), terms(e.Question), terms(e.Answer))
	for _, t := range terms {
		if count[t]++; count[t] == 1 {
			f.spread[t]++
		}
	}
	f.average = (f.average*float64(len(f.entries)) + float64(len(terms))) / float64(len(f.entries)+1)
	f.entries = append(f.entries, e)
	f.counts = append(f.counts, count)
	f.sizes = append(f.sizes, float64(len(terms)))
}

// enough is the score from which an entry counts as an answer: about that of one
// rare word, or two that are in several entries.
const enough = 2

// Search returns at most n entries that may answer the question, the best first.
// The ranking is BM25, with its usual parameters: a term counts more the fewer
// entries have it, and less each time it comes again and the longer an entry is.
func (f *FAQ) Search(question string, n int) []Entry {
	type hit struct {
		Entry
		score float64
	}
	const k, b = 1.2, 0.75
	var hits []hit
	asked := slices.Compact(slices.Sorted(slices.Values(terms(question))))
	for i, e := range f.entries {
		score := 0.0
		for _, t := range asked {
			count, entries := f.counts[i][t], f.spread[t]
			rarity := math.Log(1 + (float64(len(f.entries))-entries+0.5)/(entries+0.5))
			score += rarity * count * (k + 1) / (count + k*(1-b+b*f.sizes[i]/f.average))
		}
		if score >= enough {
			hits = append(hits, hit{e, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	var found []Entry
	for _, h := range hits[:min(n, len(hits))] {
		found = append(found, h.Entry)
	}
	return found
}

// terms splits a text into what can be looked up: words in lower case without a
// plural s, and each character by itself in scripts without blanks.
func terms(text string) []string {
	between := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	var all []string
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), between) {
		switch r := []rune(w); {
		case unicode.In(r[0], unicode.Han, unicode.Hiragana, unicode.Katakana):
			for _, c := range r {
				all = append(all, string(c))
			}
		case !slices.Contains(common, w):
			if len(r) > 3 {
				w = strings.TrimSuffix(w, "s")
			}
			all = append(all, w)
		}
	}
	return all
}

// common are words that say nothing about what is asked.
var common = strings.Fields(`a about after all an and any are as at be by can could did do does for from get got had
	has have how i if in is it its me my need no not now of on one or our please should so some something
	tell than that the their them then there they this to under until up us want was we were what when where
	which who why will with would you your`)
