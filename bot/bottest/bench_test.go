package bottest_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/fsm"
)

// BenchmarkTurns measures whole turns: the request's JSON, the bot's request
// path, the strict reading of the answer, and the coverage.
func BenchmarkTurns(b *testing.B) {
	for _, c := range []struct {
		name string
		opts []bottest.Option
	}{{"in process", nil}, {"over HTTP", []bottest.Option{bottest.OverHTTP()}}} {
		b.Run(c.name, func(b *testing.B) {
			room := bottest.New(b, newBot(), c.opts...).Room("demo")
			ann := room.User("ann", "Ann")
			turns := 0
			for b.Loop() {
				ann.Says("order").Replies("Small or large?").State(size)
				ann.Says("large").Replies("One large coffee, yes?").State(confirm)
				ann.Says("yes").Replies("Coming").State(idle)
				turns += 3
			}
			b.ReportMetric(float64(turns)/b.Elapsed().Seconds(), "turns/s")
		})
	}
}

// BenchmarkTour measures what a generated conversation costs, fresh bot included.
func BenchmarkTour(b *testing.B) {
	for b.Loop() {
		bottest.Tour(b, newBot)
	}
}

// BenchmarkForm measures the generated layers on a form of many questions with a
// cancel, the shape in which walking at random gets nowhere.
func BenchmarkForm(b *testing.B) {
	for _, n := range []int{30, 300} {
		b.Run(fmt.Sprint(n, " states"), func(b *testing.B) {
			for b.Loop() {
				bottest.Cells(b, func() *bot.Bot { return newForm(n) })
				bottest.Tour(b, func() *bot.Bot { return newForm(n) })
			}
		})
	}
}

func newForm(n int) *bot.Bot {
	name := func(i int) fsm.State { return fsm.State(fmt.Sprintf("q%03d", i)) }
	decls := []fsm.Decl{fsm.Transition{Name: "cancel", From: fsm.Any, To: name(0)}}
	for i := range n - 1 {
		decls = append(decls, fsm.Transition{Name: "next", From: name(i), To: name(i + 1)})
	}
	b := bot.MustNew(bot.Config{SenderID: "form", Machine: fsm.MustNew(name(0), decls...), Logger: slog.New(slog.DiscardHandler)})
	b.OnCommand("cancel", text(bot.Say("Bye").Go(name(0))))
	for i := range n {
		b.State(name(i)).OnText("next", text(bot.Say("Next").Go(name(min(i+1, n-1)))))
	}
	return b
}
