package bottest

import (
	"flag"
	"fmt"
	"io"
	"os"
	"testing"
)

// Cover says how many percent of what a bot declares the tests must have
// asserted on. Zero asks for nothing.
type Cover struct {
	States      int // of the machine
	Transitions int // of the machine
	Routes      int // every registered handler, fallbacks among them

	// Diagram names a file that the machine is drawn into: green is asserted on,
	// red was never seen. A name that ends in .dot or .gv gets Graphviz, one in .md
	// Mermaid in a fence (the summary of a CI run, say), any other plain Mermaid.
	// With several bots the last one's machine is drawn. Empty draws nothing.
	Diagram string
}

// Main runs the tests and then reports, for every *bot.Bot they talked to, which
// states, transitions and routes they covered, and for what is missing the
// shortest conversation that leads there. It exits with a failure when less is
// covered than want asks for.
//
//	func TestMain(m *testing.M) { bottest.Main(m, bottest.Cover{Transitions: 100}) }
//
// A state or transition counts when a golden conversation went through it, or a
// scripted test with State or Stays; a route when its reply was expected. What
// generated conversations merely passed through is reported as such. Runs that
// leave out tests (-run, -skip, -list, -fuzz) and short ones report nothing and
// enforce nothing.
func Main(m *testing.M, want Cover) {
	code := m.Run()
	if code == 0 && wholeRun() {
		code = coverage.conclude(os.Stdout, want)
	}
	os.Exit(code)
}

// wholeRun reports whether all tests ran.
func wholeRun() bool {
	for _, name := range []string{"test.run", "test.skip", "test.list", "test.fuzz", "test.short"} {
		if f := flag.Lookup(name); f != nil && f.Value.String() != f.DefValue {
			return false
		}
	}
	return true
}

// conclude reports on every bot and returns the exit status.
func (g *registry) conclude(w io.Writer, want Cover) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	code := 0
	for _, b := range g.bots {
		r := b.report()
		r.write(w, b)
		if lack := r.lacks(want); lack != "" {
			_, _ = fmt.Fprintf(w, "FAIL: %s\n", lack)
			code = 1
		}
		if want.Diagram != "" && b.bot.Machine() != nil {
			if err := os.WriteFile(want.Diagram, []byte(b.diagram(want.Diagram)), 0o644); err != nil {
				_, _ = fmt.Fprintf(w, "FAIL: %v\n", err)
				code = 1
			}
		}
	}
	return code
}
