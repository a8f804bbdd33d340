package bottest

import (
	"net/http"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/internal/talk"
)

// PlayText is Talks for one file that is given as text.
func PlayText[H http.Handler](t testing.TB, newBot func() H, text string, opts ...Option) {
	f, err := talk.Parse("x.txt", []byte(text))
	if err != nil {
		t.Fatalf("%v", err)
		return
	}
	playFile(t, func() http.Handler { return newBot() }, newConfig(opts), f)
}

// Script returns the conversation that fuzzing makes of a script.
func Script[H http.Handler](t testing.TB, newBot func() H, script []byte, text string) string {
	f := talk.File{Talks: []*talk.Talk{newKit(t, newBot, nil).vocabulary().decode(script, text)}}
	return f.String()
}

// Conclude returns what Main prints, and its exit status, after f.
func Conclude(want Cover, f func()) (string, int) {
	old := coverage
	defer func() { coverage = old }()
	coverage = &registry{}
	f()
	var b strings.Builder
	code := coverage.conclude(&b, want)
	return b.String(), code
}
