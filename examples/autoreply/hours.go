package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// hours are the opening hours of the days "mon" to "sun".
type hours map[day][]span

// day is a day of the week by the first three letters of its name.
type day string

func dayOf(t time.Time) day { return day(strings.ToLower(t.Format("Mon"))) }

func (d *day) UnmarshalText(text []byte) error {
	*d = day(text)
	if !slices.Contains([]day{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}, *d) {
		return fmt.Errorf("%q is no day: write mon, tue, wed, thu, fri, sat or sun", text)
	}
	return nil
}

// span is "09:00-18:00". Times of the day in this form sort as strings. A span
// that does not end after it begins goes on past midnight.
type span struct{ from, to string }

func (s *span) UnmarshalText(text []byte) error {
	s.from, s.to, _ = strings.Cut(string(text), "-")
	for _, clock := range []string{s.from, s.to} {
		if _, err := time.Parse("15:04", clock); err != nil || len(clock) != len("15:04") {
			return fmt.Errorf("%q is no time of the day such as 09:00-18:00", text)
		}
	}
	return nil
}

// open reports whether at, in the shop's time zone, is in opening hours: those
// of today, or those of yesterday that go on past midnight.
func (h hours) open(at time.Time) bool {
	clock := at.Format("15:04")
	today := func(s span) bool { return s.from <= clock && (clock < s.to || s.to <= s.from) }
	overnight := func(s span) bool { return s.to <= s.from && clock < s.to }
	return slices.ContainsFunc(h[dayOf(at)], today) || slices.ContainsFunc(h[dayOf(at.AddDate(0, 0, -1))], overnight)
}

// opens says when the next opening hours after at begin.
func (h hours) opens(at time.Time) string {
	clock := at.Format("15:04")
	for ahead := range 8 { // a week later it is the same day again, earlier in the day
		then := at.AddDate(0, 0, ahead)
		next := ""
		for _, s := range h[dayOf(then)] {
			if (ahead > 0 || s.from > clock) && (next == "" || s.from < next) {
				next = s.from
			}
		}
		switch {
		case next == "":
		case ahead == 0:
			return "at " + next
		case ahead == 1:
			return "tomorrow at " + next
		default:
			return then.Format("Monday") + " at " + next
		}
	}
	return "some other day"
}
