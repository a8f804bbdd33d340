package fsm_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
	looplab "github.com/looplab/fsm"
	"github.com/stretchr/testify/require"
)

func TestMachine(t *testing.T) {
	m := fsm.MustNew("idle",
		tr("order", "idle", "size"),
		tr("sized", "size", "paid"),
		tr("cancel", fsm.Any, "idle"),
		tr("help", fsm.Any, "help"),
		fsm.End("paid"),
	)
	require.Equal(t, fsm.State("idle"), m.Initial())
	require.Equal(t, []fsm.State{"idle", "size", "paid", "help"}, m.States())
	require.Equal(t, []fsm.State{"paid"}, m.Ends())
	require.Equal(t, []string{"order", "sized", "cancel", "help"}, names(m.Transitions()))
	require.Equal(t, []string{"sized", "cancel", "help"}, names(m.From("size")))
	require.Equal(t, []string{"cancel", "help"}, names(m.From("nowhere")))
	require.Equal(t, "* --cancel--> idle", m.Transitions()[2].String())
	require.Contains(t, m.Transitions()[2].At(), "fsm/machine_test.go:1")

	again := fsm.MustNew("idle", m.Transitions()[2])
	require.Equal(t, m.Transitions()[2].At(), again.Transitions()[0].At(), "a transition keeps the line of its first machine")

	m.States()[0], m.Transitions()[0].Name = "changed", "changed"
	require.Equal(t, fsm.State("idle"), m.States()[0], "the machine never changes")
	require.Equal(t, "order", m.Transitions()[0].Name, "the machine never changes")
}

func names(ts []fsm.Transition) (out []string) {
	for _, t := range ts {
		out = append(out, t.Name)
	}
	return out
}

// The list orders the states and holds those that no transition names yet.
func TestStatesInTheirOwnOrder(t *testing.T) {
	m := fsm.MustNew("b", fsm.States("c", "b", "a"), tr("x", "b", "c"), tr("y", "c", "b"))
	require.Equal(t, []fsm.State{"b", "c", "a"}, m.States())
}

func TestEventsOfAnExistingMachine(t *testing.T) {
	m := fsm.MustNew("closed", fsm.Events(looplab.Events{
		{Name: "open", Src: []string{"closed", "locked"}, Dst: "open"},
		{Name: "close", Src: []string{"open"}, Dst: "closed"},
		{Name: "lock", Src: []string{"closed"}, Dst: "locked"},
	}))
	require.Equal(t, []string{"open", "open", "close", "lock"}, names(m.Transitions()))
	require.Contains(t, m.Transitions()[1].At(), "fsm/machine_test.go:")
	require.Empty(t, m.Check())
}

func TestMachineWithoutTransitions(t *testing.T) {
	m := fsm.MustNew("idle")
	require.Equal(t, []fsm.State{"idle"}, m.States())
	require.Empty(t, m.Check())
	require.True(t, m.Can("idle", "idle"))
	require.False(t, m.Can("idle", "size"))
}

func TestResolve(t *testing.T) {
	m := fsm.MustNew("idle",
		tr("order", "idle", "size"), tr("done", "size", "idle"),
		fsm.Renamed("sise", "size"),
		fsm.Renamed("saiz", "sise"),
		fsm.Retired("colour", "idle"),
	)
	for _, row := range []struct {
		name, why string
		held      string
		want      fsm.State
		declared  bool
	}{
		{"present", "the usual case", "size", "size", true},
		{"empty", "rooms that never moved", "", "idle", true},
		{"renamed", "rooms of the last release", "sise", "size", true},
		{"renamed twice", "rooms of the release before", "saiz", "size", true},
		{"retired", "rooms of a feature that is gone", "colour", "idle", true},
		{"unknown", "another version's state is kept as it is", "milk", "milk", false},
		{"case", "the server keeps names byte by byte", "Size", "Size", false},
		{"Any", "no room is in any state", "*", "*", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			s, declared := m.Resolve(row.held)
			require.Equal(t, row.want, s, row.why)
			require.Equal(t, row.declared, declared, row.why)
		})
	}
	require.NotContains(t, m.States(), fsm.State("sise"), "old names are no states")
}

func TestMove(t *testing.T) {
	m := fsm.MustNew("idle",
		tr("order", "idle", "size"),
		tr("sized", "size", "confirm"),
		tr("done", "confirm", "idle"),
		tr("again", "confirm", "confirm"),
		guarded("cancel", "paying", "idle"), // replaces the one from Any
		tr("pay", "confirm", "paying"),
		tr("paid", "paying", "thanks"),
		fsm.End("thanks"),
		tr("cancel", fsm.Any, "idle"),
		fsm.Renamed("sise", "size"),
	)
	for _, row := range []struct {
		name, why string
		from, to  fsm.State
		want      string // the transition's name, or what the error holds
		fails     bool
	}{
		{"declared", "the table has it", "idle", "size", "order", false},
		{"undeclared", "the error names what would have been possible", "idle", "confirm", `from "idle" to "confirm": declared are ["size" "idle"]`, true},
		{"own before Any", "done and cancel both lead there", "confirm", "idle", "done", false},
		{"from Any", "no transition of its own leads there", "size", "idle", "cancel", false},
		{"staying", "the commonest thing a bot does needs no declaration", "size", "size", "", false},
		{"staying by a transition", "then it has a name", "confirm", "confirm", "again", false},
		{"staying by Any", "cancel in the state it leads to", "idle", "idle", "cancel", false},
		{"replaced transition from Any", "its guard would mean nothing otherwise", "paying", "idle", "refused: no", true},
		{"without a state", "the room is in the initial one", "", "size", "order", false},
		{"old name", "the room is in the new one", "sise", "confirm", "sized", false},
		{"staying under an old name", "the room is in the new one already", "sise", "size", "", false},
		{"undeclared state, from Any", "a room of another version can be led back", "milk", "idle", "cancel", false},
		{"undeclared state, staying", "a room of another version is left alone", "milk", "milk", "", false},
		{"undeclared state, elsewhere", "nothing says that it may", "milk", "size", `declared are ["idle"]`, true},
		{"undeclared target", "misspelt in a handler", "idle", "sizes", "no transition", true},
		{"to Any", "a room is in one state", "idle", fsm.Any, "no transition", true},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := m.Move(context.Background(), row.from, row.to, nil)
			if row.fails {
				require.ErrorContains(t, err, row.want, row.why)
				require.Zero(t, got.Name)
				return
			}
			require.NoError(t, err, row.why)
			require.Equal(t, row.want, got.Name, row.why)
			require.True(t, m.Can(row.from, row.to))
		})
	}
	require.False(t, m.Can("idle", "confirm"))
	require.True(t, m.Can("paying", "idle"), "Can asks no guard")
	require.True(t, m.Can("", "size"))
	require.True(t, m.Can("sise", "confirm"))
	require.True(t, m.Can("milk", "idle"))
	require.False(t, m.Can("milk", "size"))
}

func TestMoveErrorsAreMatchable(t *testing.T) {
	poor := errors.New("the purse is empty")
	refuse := func(context.Context, fsm.Move) error { return poor }
	m := fsm.MustNew("idle", fsm.Transition{Name: "pay", From: "idle", To: "paid", Guard: refuse}, fsm.End("paid"), fsm.Allow("FSM006", "idle", "a test"))

	_, err := m.Move(context.Background(), "idle", "paid", nil)
	var refused *fsm.RefusedError
	require.ErrorAs(t, err, &refused)
	require.ErrorIs(t, err, poor)
	require.Equal(t, "pay", refused.Name)
	require.EqualError(t, err, "fsm: idle --pay--> paid refused: the purse is empty")

	_, err = m.Move(context.Background(), "paid", "idle", nil)
	var undeclared *fsm.UndeclaredError
	require.ErrorAs(t, err, &undeclared)
	require.Empty(t, undeclared.Targets)
	require.EqualError(t, err, `fsm: no transition from "paid" to "idle": none leaves it`)
}

func TestGuardsInOrder(t *testing.T) {
	var asked []string
	guard := func(answer error) fsm.Guard {
		return func(_ context.Context, mv fsm.Move) error {
			asked = append(asked, mv.Name+" "+string(mv.From)+" "+mv.Event.(string))
			return answer
		}
	}
	m := fsm.MustNew("idle",
		fsm.Transition{Name: "quit", From: fsm.Any, To: "bye", Guard: guard(nil)},
		fsm.Transition{Name: "first", From: "idle", To: "bye", Guard: guard(errors.New("one"))},
		fsm.Transition{Name: "second", From: "idle", To: "bye", Guard: guard(errors.New("two"))},
		fsm.Transition{Name: "quit", From: "strict", To: "bye", Guard: guard(errors.New("three"))},
		fsm.Transition{Name: "leave", From: "strict", To: "bye", Guard: guard(errors.New("four"))},
		tr("enter", "idle", "strict"), fsm.End("bye"),
	)
	got, err := m.Move(context.Background(), "idle", "bye", "hi")
	require.NoError(t, err)
	require.Equal(t, "quit", got.Name, "the first that allows it")
	require.Equal(t, []string{"first idle hi", "second idle hi", "quit idle hi"}, asked, "the state's own before Any's")

	_, err = m.Move(context.Background(), "strict", "bye", "hi")
	require.ErrorContains(t, err, "three")
	require.ErrorContains(t, err, "four")
}

// The path of each answer must not cost an allocation, however many states.
func TestMoveAllocatesNothing(t *testing.T) {
	for _, n := range sizes {
		m := fsm.MustNew("state_0", mesh(n)...)
		var event any = t
		for what, to := range map[string]fsm.State{"move": "state_2", "cancel": "state_0", "stay": "state_1"} {
			require.Zero(t, testing.AllocsPerRun(100, func() {
				s, _ := m.Resolve("state_1")
				if _, err := m.Move(t.Context(), s, to, event); err != nil {
					t.Error(err)
				}
			}), "%s in %d states", what, n)
		}
	}
}

// A botState comes from a request and may be anything.
func TestErrorsStayShort(t *testing.T) {
	var decls []fsm.Decl
	for i := range 300 {
		decls = append(decls, tr(fmt.Sprint("open_", i), "hub", fsm.State(fmt.Sprint("feature_", i))))
	}
	m := fsm.MustNew("hub", decls...)
	_, err := m.Move(context.Background(), "hub", "nowhere", nil)
	require.ErrorContains(t, err, `"feature_11"] and 288 more`)
	_, err = m.Move(context.Background(), fsm.State(strings.Repeat("x\n", 1e6)), "nowhere", nil)
	require.Less(t, len(err.Error()), 250)
	require.NotContains(t, err.Error(), "\n")
}
