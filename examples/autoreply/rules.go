package main

import (
	"errors"
	"regexp"
	"time"
	_ "time/tzdata" // time zones also where the system has none, as in a bare container

	"github.com/go-json-experiment/json"
)

// Rules is the content of the file. The types below read their own text, so a
// mistake in the file is reported with its place.
type Rules struct {
	Timezone  zone   `json:"timezone"` // as "Asia/Taipei"; UTC when left out
	Hours     hours  `json:"hours"`
	Welcome   Answer `json:"welcome"`
	Rules     []Rule `json:"rules"`     // where several fit, the first answers
	Otherwise Answer `json:"otherwise"` // when none fits
}

// Rule answers texts with one of the words in them.
type Rule struct {
	Words []word `json:"words"`
	Answer
}

// Answer is what to say in opening hours and out of them: the same when Closed
// is empty, nothing when neither is there.
type Answer struct {
	Open   string `json:"open"`
	Closed string `json:"closed"`
}

// parse refuses members it does not know, so that a misspelt one is found when
// the file is read and not when a customer writes.
func parse(data []byte) (*Rules, error) {
	r := &Rules{Timezone: zone{time.UTC}}
	return r, json.Unmarshal(data, r, json.RejectUnknownMembers(true))
}

// find returns the answer of the first rule that fits.
func (r *Rules) find(text string) Answer {
	for _, rule := range r.Rules {
		for _, w := range rule.Words {
			if w.MatchString(text) {
				return rule.Answer
			}
		}
	}
	return r.Otherwise
}

type zone struct{ *time.Location }

func (z *zone) UnmarshalText(name []byte) (err error) {
	z.Location, err = time.LoadLocation(string(name))
	return err
}

// word is found in any letter case. One that begins or ends with a Latin letter
// is not found inside a longer word ("hi" in "this"); others are found anywhere,
// because many scripts put no blanks between words.
type word struct{ *regexp.Regexp }

func (w *word) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		return errors.New("an empty word would be found in every text")
	}
	expr := regexp.QuoteMeta(string(text))
	if latin(text[0]) {
		expr = `\b` + expr
	}
	if latin(text[len(text)-1]) {
		expr += `\b`
	}
	w.Regexp, err = regexp.Compile("(?i)" + expr)
	return err
}

func latin(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }
