package fsm_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
	looplab "github.com/looplab/fsm"
	"github.com/stretchr/testify/require"
)

func no(context.Context, fsm.Move) error { return errors.New("no") }

func nothing(context.Context, *looplab.Event) {}

func tr(name string, from, to fsm.State) fsm.Transition {
	return fsm.Transition{Name: name, From: from, To: to}
}

func guarded(name string, from, to fsm.State) fsm.Transition {
	return fsm.Transition{Name: name, From: from, To: to, Guard: no}
}

// broken are machines with faults planted in them. want is code and state of
// each finding; text is part of what is said about the first.
var broken = []struct {
	name    string
	why     string
	initial fsm.State
	decls   []fsm.Decl
	fails   bool // New refuses it
	want    []string
	text    string
}{
	{
		name: "misspelt target, states listed", why: "a closed list makes every other name a fault",
		initial: "idle", fails: true, want: []string{"FSM001 confrim"}, text: `did you mean "confirm"?`,
		decls: []fsm.Decl{fsm.States("idle", "confirm"), tr("order", "idle", "confrim"), tr("done", "confirm", "idle")},
	},
	{
		name: "misspelt source, states listed", why: "a transition from nowhere never runs",
		initial: "idle", fails: true, want: []string{"FSM003 sise"}, text: `did you mean "size"?`,
		decls: []fsm.Decl{fsm.States("idle", "size"), tr("order", "idle", "size"), tr("done", "sise", "idle")},
	},
	{
		name: "state listed twice", why: "one of the two was meant to be another",
		initial: "idle", fails: true, want: []string{"FSM002 size"}, text: "declared twice",
		decls: []fsm.Decl{fsm.States("idle", "size", "size"), tr("order", "idle", "size"), tr("done", "size", "idle")},
	},
	{
		name: "names that look alike", why: "rooms would hold two states that people take for one",
		initial: "idle", want: []string{"FSM002 ask-size"}, text: `"ask_size" and "ask-size"`,
		decls: []fsm.Decl{tr("a", "idle", "ask_size"), tr("b", "ask_size", "ask-size"), tr("c", "ask-size", "idle")},
	},
	{
		name: "end that no transition names", why: "a misspelt End would mark nothing",
		initial: "idle", fails: true, want: []string{"FSM003 payed"}, text: `did you mean "paid"?`,
		decls: []fsm.Decl{tr("pay", "idle", "paid"), fsm.End("payed")},
	},
	{
		name: "one name, two targets", why: "looplab would keep the second without a word",
		initial: "idle", fails: true, want: []string{"FSM004 idle"}, text: "transition 1 (idle --go--> left) at fsm/broken_test.go:",
		decls: []fsm.Decl{tr("go", "idle", "left"), tr("go", "idle", "right"), tr("a", "left", "idle"), tr("b", "right", "idle")},
	},
	{
		name: "one name, two targets, from Any", why: "Any is a source like every other",
		initial: "idle", fails: true, want: []string{"FSM004 *"}, text: "share a name",
		decls: []fsm.Decl{tr("quit", fsm.Any, "idle"), tr("quit", fsm.Any, "bye"), fsm.End("bye")},
	},
	{
		name: "transition written twice", why: "a copy left behind",
		initial: "idle", fails: true, want: []string{"FSM004 idle"}, text: "are the same",
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle"), tr("order", "idle", "size")},
	},
	{
		name: "initial state missing", why: "rooms without a state would have none",
		initial: "", fails: true, want: []string{"FSM005 "}, text: "missing",
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle")},
	},
	{
		name: "initial state is Any", why: "a room is in one state",
		initial: fsm.Any, fails: true, want: []string{"FSM005 *"}, text: "missing",
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle")},
	},
	{
		name: "initial state misspelt", why: "every room would begin in a place without a way out",
		initial: "idel", fails: true, want: []string{"FSM005 idel"}, text: `did you mean "idle"?`,
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle")},
	},
	{
		name: "initial state not listed", why: "the list is closed for it too",
		initial: "home", fails: true, want: []string{"FSM005 home"}, text: "not among the States",
		decls: []fsm.Decl{fsm.States("idle", "size"), tr("order", "idle", "size"), tr("done", "size", "idle")},
	},
	{
		name: "every way out guarded", why: "when all guards refuse the conversation is stuck",
		initial: "idle", want: []string{"FSM006 pay"}, text: "add one without a guard",
		decls: []fsm.Decl{tr("buy", "idle", "pay"), guarded("card", "pay", "idle"), guarded("cash", "pay", "idle")},
	},
	{
		name: "transition behind an open one", why: "Move takes the first that is allowed",
		initial: "idle", fails: true, want: []string{"FSM007 idle"}, text: "never taken",
		decls: []fsm.Decl{tr("order", "idle", "size"), guarded("again", "idle", "size"), tr("done", "size", "idle")},
	},
	{
		name: "transition without a name", why: "errors, diagrams and coverage speak of it by name",
		initial: "idle", fails: true, want: []string{"FSM008 idle"}, text: "is empty",
		decls: []fsm.Decl{tr("", "idle", "size"), tr("done", "size", "idle")},
	},
	{
		name: "zero transition", why: "all its faults at once",
		initial: "idle", fails: true, want: []string{"FSM005 idle", "FSM008 ", "FSM008 ", "FSM008 "}, text: "idle",
		decls: []fsm.Decl{fsm.Transition{}},
	},
	{
		name: "to Any", why: "a room must go somewhere",
		initial: "idle", fails: true, want: []string{"FSM008 idle"}, text: "leads to Any",
		decls: []fsm.Decl{tr("jump", "idle", fsm.Any)},
	},
	{
		name: "name with a blank at its end", why: "nobody sees it in a log",
		initial: "idle", fails: true, want: []string{"FSM008 idle", "FSM008 size "}, text: "blank",
		decls: []fsm.Decl{tr("order", "idle", "size "), tr("done", "size ", "idle")},
	},
	{
		name: "name that cannot be printed", why: "it would break the log and the terminal",
		initial: "idle", fails: true, want: []string{"FSM008 idle"}, text: "cannot be printed",
		decls: []fsm.Decl{tr("or\nder", "idle", "size"), tr("done", "size", "idle")},
	},
	{
		name: "name without end", why: "it travels with every event",
		initial: "idle", fails: true, want: []string{"FSM008 idle"}, text: "longer than 128 bytes",
		decls: []fsm.Decl{tr(strings.Repeat("x", 129), "idle", "size"), tr("done", "size", "idle")},
	},
	{
		name: "name that is no UTF-8", why: "JSON could not carry it",
		initial: "idle\xff", fails: true, want: []string{"FSM008 idle\xff", "FSM008 idle\xff", "FSM008 idle\xff"}, text: "UTF-8",
		decls: []fsm.Decl{tr("order", "idle\xff", "idle\xff")},
	},
	{
		name: "nil declaration", why: "a variable that was never set",
		initial: "idle", fails: true, want: []string{"FSM008 "}, text: "declaration 2 is nil",
		decls: []fsm.Decl{tr("again", "idle", "idle"), nil},
	},
	{
		name: "old name still declared", why: "a room in it would be in two states",
		initial: "idle", fails: true, want: []string{"FSM009 size"}, text: `Renamed("size")`,
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle"), fsm.Renamed("size", "idle")},
	},
	{
		name: "renamed twice", why: "only one of them can hold",
		initial: "idle", fails: true, want: []string{"FSM009 old"}, text: "twice",
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle"), fsm.Renamed("old", "idle"), fsm.Retired("old", "size")},
	},
	{
		name: "renamed in a ring", why: "no state of today is at its end",
		initial: "idle", fails: true, want: []string{"FSM009 a", "FSM009 b"}, text: "back to itself",
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle"), fsm.Renamed("a", "b"), fsm.Renamed("b", "a")},
	},
	{
		name: "retired into nowhere", why: "rooms would be led to a state that is gone as well",
		initial: "idle", fails: true, want: []string{"FSM003 sizes"}, text: `did you mean "size"?`,
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle"), fsm.Retired("old", "sizes")},
	},
	{
		name: "unreachable state", why: "its handlers never run",
		initial: "idle", want: []string{"FSM010 attic"}, text: "no conversation comes to",
		decls: []fsm.Decl{tr("again", "idle", "idle"), tr("down", "attic", "idle"), fsm.Allow("FSM011", "idle", "a start")},
	},
	{
		name: "dead end", why: "the room stays in it for good",
		initial: "start", want: []string{"FSM011 pit"}, text: "(start --hi--> menu --order--> pit)",
		decls: []fsm.Decl{tr("hi", "start", "menu"), tr("order", "menu", "pit"), tr("back", "menu", "start")},
	},
	{
		name: "dead end that only leads to itself", why: "moving without getting anywhere",
		initial: "start", want: []string{"FSM011 pit"}, text: "End",
		decls: []fsm.Decl{tr("fall", "start", "pit"), tr("sink", "pit", "pit")},
	},
	{
		name: "the target of Any is a dead end", why: "Any does not lead out of its own target",
		initial: "idle", want: []string{"FSM011 help"}, text: "(idle --help--> help)",
		decls: []fsm.Decl{tr("help", fsm.Any, "help")},
	},
	{
		name: "ring without a way out", why: "the conversation goes round for ever",
		initial: "idle", want: []string{"FSM012 a"}, text: `gets out of ["a" "b"]`,
		decls: []fsm.Decl{tr("in", "idle", "a"), tr("x", "a", "b"), tr("y", "b", "a")},
	},
	{
		name: "two rings", why: "each is reported once, what leads to them is not",
		initial: "idle", want: []string{"FSM012 a", "FSM012 c"}, text: `["a" "b"]`,
		decls: []fsm.Decl{tr("in", "idle", "hall"), tr("l", "hall", "a"), tr("x", "a", "b"), tr("y", "b", "a"),
			tr("r", "hall", "c"), tr("v", "c", "d"), tr("w", "d", "c")},
	},
	{
		name: "ring that leads into a ring", why: "only the last one is a trap",
		initial: "idle", want: []string{"FSM012 c"}, text: `["c" "d"]`,
		decls: []fsm.Decl{tr("in", "idle", "a"), tr("x", "a", "b"), tr("y", "b", "a"), tr("on", "b", "c"), tr("v", "c", "d"), tr("w", "d", "c")},
	},
	{
		name: "misspelt callback", why: "looplab drops it without a word",
		initial: "idle", fails: true, want: []string{"FSM018 "}, text: `"before_opne"`,
		decls: []fsm.Decl{tr("open", "idle", "size"), tr("done", "size", "idle"), fsm.Callbacks(looplab.Callbacks{"before_opne": nothing})},
	},
	{
		name: "nil callback", why: "it would panic in the middle of a move",
		initial: "idle", fails: true, want: []string{"FSM018 "}, text: "is nil",
		decls: []fsm.Decl{tr("open", "idle", "size"), tr("done", "size", "idle"), fsm.Callbacks(looplab.Callbacks{"open": nil})},
	},
	{
		name: "short and long form of one callback", why: "looplab runs one of them, and which is chance",
		initial: "idle", fails: true, want: []string{"FSM019 "}, text: "same place",
		decls: []fsm.Decl{tr("open", "idle", "size"), tr("done", "size", "idle"),
			fsm.Callbacks(looplab.Callbacks{"open": nothing, "after_open": nothing})},
	},
	{
		name: "callback of a state and a transition", why: "looplab takes the state, whatever was meant",
		initial: "idle", fails: true, want: []string{"FSM019 "}, text: "both a state and a transition",
		decls: []fsm.Decl{tr("size", "idle", "size"), tr("done", "size", "idle"), fsm.Callbacks(looplab.Callbacks{"size": nothing})},
	},
	{
		name: "state whose name looks like a key", why: "enter_name is the state, or entering the state name",
		initial: "idle", fails: true, want: []string{"FSM019 "}, text: "very name",
		decls: []fsm.Decl{tr("ask", "idle", "enter_name"), tr("done", "enter_name", "name"), tr("x", "name", "idle"),
			fsm.Callbacks(looplab.Callbacks{"enter_name": nothing})},
	},
	{
		name: "transition called event", why: "its callback would run for all",
		initial: "idle", fails: true, want: []string{"FSM019 "}, text: `one named "event"`,
		decls: []fsm.Decl{tr("event", "idle", "size"), tr("done", "size", "idle"), fsm.Callbacks(looplab.Callbacks{"before_event": nothing})},
	},
	{
		name: "suppression that nothing needs", why: "it would hide the next fault of that kind",
		initial: "idle", want: []string{"FSM022 size"}, text: "suppresses nothing",
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle"), fsm.Allow("FSM011", "size", "once it was an end")},
	},
	{
		name: "suppression without a reason", why: "nobody could tell whether it still holds",
		initial: "idle", fails: true, want: []string{"FSM023 pit"}, text: "gives no reason",
		decls: []fsm.Decl{tr("fall", "idle", "pit"), fsm.Allow("FSM011", "pit", " ")},
	},
	{
		name: "suppression of an error", why: "errors are not a matter of taste",
		initial: "idle", fails: true, want: []string{"FSM023 size"}, text: "cannot be suppressed",
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle"), fsm.Allow("FSM004", "size", "so what")},
	},
	{
		name: "suppression of a code that is none", why: "a misspelt one would suppress nothing for ever",
		initial: "idle", fails: true, want: []string{"FSM023 size"}, text: "no such code",
		decls: []fsm.Decl{tr("order", "idle", "size"), tr("done", "size", "idle"), fsm.Allow("FSM0011", "size", "an end")},
	},
	{
		name: "suppression in a state that is none", why: "the same, with the state misspelt",
		initial: "idle", fails: true, want: []string{"FSM003 sizes"}, text: `did you mean "size"?`,
		decls: []fsm.Decl{tr("order", "idle", "size"), fsm.Allow("FSM011", "sizes", "an end")},
	},
	{
		name: "misspelt target beside Any", why: "cancel leads out of it, so that it is no dead end",
		initial: "idle", want: []string{"FSM024 cofirm"}, text: `did you mean "confirm"?`,
		decls: []fsm.Decl{tr("order", "idle", "confirm"), tr("done", "confirm", "idle"), tr("again", "confirm", "cofirm"), tr("cancel", fsm.Any, "idle")},
	},
	{
		name: "misspelt target, nothing else leads there", why: "one slip is told once",
		initial: "idle", want: []string{"FSM010 confirm", "FSM024 confrim"}, text: "no conversation comes to",
		decls: []fsm.Decl{tr("order", "idle", "confrim"), tr("done", "confirm", "idle"), tr("cancel", fsm.Any, "idle")},
	},
	{
		name: "empty renaming", why: "two equal findings are one",
		initial: "idle", fails: true, want: []string{"FSM008 "}, text: "Renamed names a state that is empty",
		decls: []fsm.Decl{tr("again", "idle", "idle"), fsm.Renamed("", "")},
	},
	{
		name: "several faults", why: "all are told at once, in order of code and state",
		initial: "", fails: true, want: []string{"FSM004 a", "FSM005 ", "FSM008 b"}, text: "share a name",
		decls: []fsm.Decl{tr("", "b", "a"), tr("x", "a", "b"), tr("x", "a", "c")},
	},
}

func TestBrokenMachines(t *testing.T) {
	for _, row := range broken {
		t.Run(row.name, func(t *testing.T) {
			found := findings(t, row.initial, row.decls, row.fails)
			var got []string
			for _, f := range found {
				got = append(got, f.Code+" "+string(f.State))
				require.NotEmpty(t, f.Why)
				require.NotEmpty(t, f.Fix)
				require.Contains(t, f.At, "fsm/broken_test.go:")
				require.Equal(t, row.fails, f.Severity == fsm.SeverityError)
			}
			require.Equal(t, row.want, got, row.why)
			require.Contains(t, found[0].String(), row.text)
			require.Equal(t, found, findings(t, row.initial, row.decls, row.fails), "the same again")
		})
	}
}

func findings(t *testing.T, initial fsm.State, decls []fsm.Decl, fails bool) []fsm.Finding {
	m, err := fsm.New(initial, decls...)
	if !fails {
		require.NoError(t, err)
		require.NotPanics(t, func() { fsm.MustNew(initial, decls...) })
		return m.Check()
	}
	var e *fsm.Error
	require.ErrorAs(t, err, &e)
	require.Nil(t, m)
	require.Panics(t, func() { fsm.MustNew(initial, decls...) })
	return e.Findings
}
