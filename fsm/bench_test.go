package fsm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
	looplab "github.com/looplab/fsm"
)

// mesh declares a machine of n states with three transitions out of each and
// one from Any.
func mesh(n int) []fsm.Decl {
	state := func(i int) fsm.State { return fsm.State(fmt.Sprint("state_", i%n)) }
	decls := []fsm.Decl{tr("cancel", fsm.Any, state(0))}
	for i := range n {
		decls = append(decls,
			tr(fmt.Sprint("next_", i), state(i), state(i+1)),
			tr(fmt.Sprint("skip_", i), state(i), state(i+2)),
			tr("back", state(i), state(i+n-1)))
	}
	return decls
}

var sizes = []int{4, 30, 300, 3000}

// BenchmarkMove is what each answer that moves a room costs: the look-up of
// botState and the check of the transition. looplab's own Event takes the same
// transition beside it, and a refused one.
func BenchmarkMove(b *testing.B) {
	ctx := context.Background()
	for _, n := range sizes {
		m := fsm.MustNew("state_0", mesh(n)...)
		from := fmt.Sprint("state_", n/2)
		to := fsm.State(fmt.Sprint("state_", (n/2+1)%n))
		b.Run(fmt.Sprintf("table/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s, _ := m.Resolve(from)
				if _, err := m.Move(ctx, s, to, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("looplab/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			f, name := m.FSM("state_0"), fmt.Sprint("next_", n/2)
			for b.Loop() {
				f.SetState(from)
				if err := f.Event(ctx, name); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("looplab_refused/%d", n), func(b *testing.B) {
			f := m.FSM(fsm.State(from))
			for b.Loop() {
				if err := f.Event(ctx, "nothing"); err == nil {
					b.Fatal("taken")
				}
			}
		})
	}
}

// BenchmarkResolve is the look-up of botState alone.
func BenchmarkResolve(b *testing.B) {
	for _, n := range sizes {
		m := fsm.MustNew("state_0", mesh(n)...)
		from := fmt.Sprint("state_", n/2)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, declared := m.Resolve(from); !declared {
					b.Fatal("undeclared")
				}
			}
		})
	}
}

// BenchmarkCallbacks is a move that callbacks run with.
func BenchmarkCallbacks(b *testing.B) {
	b.ReportAllocs()
	m := withCallbacks(looplab.Callbacks{"enter_size": nothing})
	for b.Loop() {
		if _, err := m.Move(context.Background(), "idle", "size", nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNew is the start of a bot: all checks and the comparison with
// looplab.
func BenchmarkNew(b *testing.B) {
	for _, n := range sizes {
		decls := mesh(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				fsm.MustNew("state_0", decls...)
			}
		})
	}
}

func BenchmarkMermaid(b *testing.B) {
	m := fsm.MustNew("state_0", mesh(300)...)
	for b.Loop() {
		m.Mermaid()
	}
}
