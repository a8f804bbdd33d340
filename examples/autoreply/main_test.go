package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/stretchr/testify/require"
)

// taipei returns a time of the shop's own clock. 2026-06-01 is a Monday.
func taipei(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, must(time.LoadLocation("Asia/Taipei")))
	require.NoError(t, err)
	return at.UTC() // the bot has to find the zone by itself
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// bundledAt returns a bot with the bundled rules whose clock stands still.
func bundledAt(now time.Time) *bot.Bot {
	return newBot(nil, shop{must(Open("")), func() time.Time { return now }})
}

func TestHours(t *testing.T) {
	for _, c := range []struct{ name, at, answer, why string }{
		{"morning", "2026-06-01 09:00", "We are open.", "the first minute counts"},
		{"before", "2026-06-01 08:59", "We are closed. We open at 09:00.", "same day"},
		{"lunch", "2026-06-01 12:30", "We are closed. We open at 13:30.", "the last minute does not count"},
		{"evening", "2026-06-01 18:00", "We are closed. We open tomorrow at 09:00.", ""},
		{"friday night", "2026-06-05 23:00", "We are closed. We open tomorrow at 22:00.", "Saturday has other hours"},
		{"saturday night", "2026-06-06 23:59", "We are open.", "hours that go on past midnight"},
		{"after midnight", "2026-06-07 01:59", "We are open.", "Saturday's hours, on Sunday"},
		{"sunday", "2026-06-07 02:00", "We are closed. We open tomorrow at 09:00.", "a day without hours"},
		{"saturday morning", "2026-06-06 01:00", "We are closed. We open at 22:00.", "Friday's hours end before midnight"},
	} {
		t.Run(c.name, func(t *testing.T) {
			room := bottest.New(t, bundledAt(taipei(t, c.at))).Room("demo")
			room.User("ann", "").Says("/hours").Replies(c.answer)
		})
	}
}

func TestAnswers(t *testing.T) {
	const open, closed = "2026-06-01 10:00", "2026-06-01 20:00"
	for _, c := range []struct{ name, at, says, answer, why string }{
		{"word", open, "What is the PRICE?", "A coffee is 80, a cake 120.", "any letter case"},
		{"at night too", closed, "how much?", "A coffee is 80, a cake 120.", "no other answer for closed hours"},
		{"open", open, "do you deliver", "We deliver within 40 minutes. Where to?", ""},
		{"closed", closed, "do you deliver", "We deliver again tomorrow at 09:00.", ""},
		{"Han", open, "請問價格多少", "A coffee is 80, a cake 120.", "no blanks around the word"},
		{"inside a word", open, "priceless", "", "another word"},
		{"overheard", open, "good morning", "", "people talk among themselves in opening hours"},
		{"nobody there", closed, "good morning", "Thank you, Ann. We are closed and read this tomorrow at 09:00.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			turn := bottest.New(t, bundledAt(taipei(t, c.at))).Room("demo").User("ann", "Ann").Says(c.says)
			if c.answer == "" {
				turn.Silent()
			} else {
				turn.Replies(c.answer)
			}
		})
	}
}

func TestNicknamesAreHarmless(t *testing.T) {
	room := bottest.New(t, bundledAt(taipei(t, "2026-06-01 10:00"))).Room("demo")
	room.User("eve", "<img src=x onerror=alert(1)>{opens}").Joins().
		Replies(`Welcome, \<img src=x onerror=alert(1)>{opens}! Ask about prices, delivery or opening hours.`)
}

func TestReload(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rules.json")
	now := time.Unix(1_800_000_000, 0)
	save := func(text string) {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		require.NoError(t, os.Chtimes(path, now, now)) // file systems have coarser clocks than tests
		now = now.Add(time.Second)
	}
	save(`{"rules":[{"words":["hi"],"open":"One"}]}`)
	room := bottest.New(t, newBot(nil, shop{must(Open(path)), func() time.Time { return now }})).Room("demo")
	ann := room.User("ann", "")
	ann.Says("hi").Replies("One")

	save(`{"rules":[{"words":["hi"],"open":"Two"}]}`)
	ann.Says("hi").Replies("Two")

	save(`{"rules":[{"words":["hi"],"ope`)
	ann.Says("hi").Replies("Two") // half saved: the good ones stay

	require.NoError(t, os.Remove(path))
	now = now.Add(time.Second)
	ann.Says("hi").Replies("Two")

	save(`{"rules":[{"words":["hi"],"open":"Three"}]}`)
	now = now.Add(-time.Second)
	ann.Says("hi").Replies("Two") // looked less than a second ago
	now = now.Add(time.Second)
	ann.Says("hi").Replies("Three")
}

func TestMistakesAreFoundAtOnce(t *testing.T) {
	for _, c := range []struct{ name, rules, want, why string }{
		{"member", `{"rule":[]}`, "rule", "a misspelt name would make the bot silent"},
		{"zone", `{"timezone":"Asia/Taipeh"}`, "/timezone", ""},
		{"day", `{"hours":{"monday":["09:00-18:00"]}}`, "no day", ""},
		{"time", `{"hours":{"mon":["9:00-18:00"]}}`, "/hours/mon/0", "sorts wrongly as a string"},
		{"end", `{"hours":{"mon":["09:00"]}}`, "no time", ""},
		{"word", `{"rules":[{"words":[""],"open":"Hi"}]}`, "/rules/0/words/0", "would fit every text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "rules.json")
			require.NoError(t, os.WriteFile(path, []byte(c.rules), 0o600))
			_, err := Open(path)
			require.ErrorContains(t, err, c.want, c.why)
		})
	}
	_, err := Open("no such file")
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestNoHours(t *testing.T) {
	require.Equal(t, "some other day", hours{}.opens(time.Now()))
	weekly := hours{"mon": {{"09:00", "10:00"}}}
	require.Equal(t, "Monday at 09:00", weekly.opens(taipei(t, "2026-06-01 11:00").Add(8*time.Hour)))
}

func TestKeepsNothingBetweenEvents(t *testing.T) {
	bottest.All(t, func() *bot.Bot { return bundledAt(taipei(t, "2026-06-01 10:00")) })
}

func TestREADME(t *testing.T) { readme.Curl(t, bundledAt(time.Now())) }
