package bottest

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/funtekco/webhookbot/bot/internal/talk"
)

// kit is what the layers need to play conversations with fresh bots.
type kit struct {
	t      testing.TB
	conf   *config
	newBot func() http.Handler
}

func newKit[H http.Handler](t testing.TB, newBot func() H, opts []Option) *kit {
	return &kit{t: t, conf: newConfig(opts), newBot: func() http.Handler { return newBot() }}
}

// open begins a conversation with a bot that others may have talked to before.
// The caller closes it.
func (k *kit) open(h http.Handler, tk *talk.Talk) *session {
	return newSession(newSubject(h), connect(h, k.conf), k.conf, tk)
}

// maxTour bounds the generated turns of the layers that play them many times.
const maxTour = 5000

// talks returns the conversations that the layers play: those of the files and,
// of a *bot.Bot, a tour of everything it can do.
func (k *kit) talks() []*talk.Talk {
	k.t.Helper()
	var all []*talk.Talk
	for _, f := range readTalks(k.t, k.conf.globs...) {
		all = append(all, f.Talks...)
	}
	h := k.newBot()
	if newSubject(h).bot != nil {
		all = append(all, k.explore(h).tour(maxTour)...)
	}
	if len(all) == 0 {
		k.t.Fatal("bottest: there is nothing to say to this handler: give conversations with Files, or a *bot.Bot")
	}
	return all
}

// failure is a turn that broke a rule.
type failure struct {
	session *session
	x       *exchange
	why     string
	details []string
}

// check plays a conversation with bots of its own and returns what went wrong,
// nil for nothing.
type check func(tk *talk.Talk) *failure

// layer runs checks over all conversations. The first that fails is made as short
// as the check allows and shown in a form that can be saved.
func (k *kit) layer(checks ...check) {
	k.t.Helper()
	for _, tk := range k.talks() {
		for _, c := range checks {
			if f := c(tk); f != nil {
				k.show(tk, f, c)
				return
			}
		}
	}
}

func (k *kit) show(tk *talk.Talk, f *failure, c check) {
	k.t.Helper()
	known := *tk
	known.Turns = tk.Turns[:min(len(tk.Turns), len(f.session.talk.Turns))]
	if c(&known) != nil {
		tk = &known // what came after the failure has nothing to do with it
	}
	small := shrink(tk, func(tk *talk.Talk) bool { return c(tk) != nil })
	if again := c(small); again != nil {
		f = again
	}
	saved := talk.File{Talks: []*talk.Talk{f.session.talk}}
	k.t.Errorf("%s\nto keep it, save this as a file for Talks:\n\n%s", f.session.report(f.x, f.why, f.details...), saved.String())
}

// play is the check of what must hold on every turn; setup may ask for more.
func (k *kit) play(tk *talk.Talk, setup func(*session)) *failure {
	s := k.open(k.newBot(), tk)
	defer s.client.close()
	if setup != nil {
		setup(s)
	}
	return s.playAll(tk.Turns)
}

// playAll plays turns until one breaks a rule. A turn that cannot be played, as
// when shrinking took away the message that it edits, is passed over.
func (s *session) playAll(turns []*talk.Turn) *failure {
	for _, turn := range turns {
		x, err := s.play(turn)
		if err == nil && x != nil && len(x.broken) > 0 {
			return &failure{s, x, "the protocol is broken", violations(x.broken)}
		}
	}
	return nil
}

// differ reports whether two answers to the same request are not the same.
func differ(a, b response) bool {
	return a.failed != b.failed || a.Status != b.Status || string(a.Body) != string(b.Body)
}

func brief(r response) string {
	if r.failed != "" {
		return "no answer: " + r.failed
	}
	return fmt.Sprintf("%d %s", r.Status, r.Body)
}
