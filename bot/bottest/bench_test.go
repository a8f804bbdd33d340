package bottest_test

import (
	"testing"

	"github.com/funtekco/webhookbot/bot/bottest"
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
