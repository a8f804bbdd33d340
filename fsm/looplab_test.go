package fsm_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
	looplab "github.com/looplab/fsm"
	"github.com/stretchr/testify/require"
)

// The machine and looplab agree on every pair of states, on random machines.
func TestAgreesWithLooplab(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	made := 0
	for range 1000 {
		m, err := fsm.New("s0", randomDecls(rnd, 2+rnd.IntN(6))...)
		if err != nil {
			continue
		}
		made++
		for _, from := range m.States() {
			leads := map[fsm.State]bool{}
			f := m.FSM(from)
			for _, name := range f.AvailableTransitions() {
				f.SetState(string(from))
				if err := f.Event(context.Background(), name); err != nil {
					require.IsType(t, looplab.NoTransitionError{}, err)
				}
				leads[fsm.State(f.Current())] = true
			}
			for _, to := range m.States() {
				got, err := m.Move(context.Background(), from, to, nil)
				require.Equal(t, leads[to], err == nil && got.Name != "", "%s to %s", from, to)
			}
		}
	}
	require.Greater(t, made, 100)
}

func randomDecls(rnd *rand.Rand, states int) []fsm.Decl {
	state := func() fsm.State { return fsm.State(fmt.Sprint("s", rnd.IntN(states))) }
	var decls []fsm.Decl
	for i := range 1 + rnd.IntN(3*states) {
		from := state()
		if rnd.IntN(6) == 0 {
			from = fsm.Any
		}
		decls = append(decls, tr(fmt.Sprint("t", rnd.IntN(i+2)), from, state()))
	}
	return decls
}

// A table that differs from looplab in one cell does not get past New.
func TestDisagreementIsFound(t *testing.T) {
	m := fsm.MustNew("a", tr("x", "a", "b"), tr("y", "b", "c"), tr("z", "c", "a"))
	for i, tr := range m.Transitions() {
		elsewhere, lost := m.Faulty(i)
		want := []string{"FSM025 " + string(tr.From)}
		require.Equal(t, want, codesOf(elsewhere))
		require.Equal(t, want, codesOf(lost))
	}
	require.Empty(t, fsm.Unchecked("a", tr("x", "a", "b")))
	require.Equal(t, []string{"FSM025 a"}, codesOf(fsm.Unchecked("a", tr("x", "a", "b"), tr("x", "a", "c"))), "looplab keeps the second")
}

func TestFSMBelongsToTheCaller(t *testing.T) {
	entered := 0
	m := fsm.MustNew("idle", tr("order", "idle", "size"), tr("cancel", fsm.Any, "idle"),
		fsm.Callbacks(looplab.Callbacks{"enter_size": func(context.Context, *looplab.Event) { entered++ }}))
	a, b := m.FSM("idle"), m.FSM("size")
	require.NoError(t, a.Event(context.Background(), "order"))
	require.NoError(t, b.Event(context.Background(), "cancel"))
	require.Equal(t, "size", a.Current())
	require.Equal(t, "idle", b.Current())
	require.Equal(t, 1, entered)
}

func ExampleMachine_FSM() {
	sim := flow.FSM(Idle)
	for _, name := range []string{"order", "sized", "order"} {
		if err := sim.Event(context.Background(), name); err != nil {
			fmt.Println(err)
		}
		fmt.Println(sim.Current())
	}
	// Output:
	// size
	// confirm
	// event order inappropriate in current state confirm
	// confirm
}
