package fsm_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

func TestSoundMachine(t *testing.T) { require.Empty(t, flow.Check()) }

func TestFindingsFaces(t *testing.T) {
	m := fsm.MustNew("start", tr("hi", "start", "menu"), tr("order", "menu", "pit"), tr("back", "menu", "start"))
	require.Empty(t, fsm.MustNew("idle", guarded("a", "idle", "idle"), guarded("b", "idle", "end"), fsm.End("end")).Check()[0].Path,
		"every conversation begins there")
	f := m.Check()[0]
	f.At = "bot/flow.go:12"
	require.Equal(t, `FSM011 warning at bot/flow.go:12: no transition leaves "pit"; add one, or declare it with End (start --hi--> menu --order--> pit)`, f.String())
	text, err := json.Marshal(f)
	require.NoError(t, err)
	require.JSONEq(t, `{
		"code": "FSM011", "severity": "warning", "state": "pit", "at": "bot/flow.go:12",
		"why": "no transition leaves \"pit\"", "fix": "add one, or declare it with End",
		"path": "start --hi--> menu --order--> pit"
	}`, string(text))
}

// The lines that findings name are those of the declaring calls: a literal has
// the line of New, what a function made has its own.
func TestFindingsNameTheirLine(t *testing.T) {
	_, _, line, _ := runtime.Caller(0)
	_, err := fsm.New("idle",
		tr("order", "idle", "size"),
		tr("order", "idle", "confirm"),
		fsm.Renamed("idle", "size"),
	)
	at := func(line int) string { return fmt.Sprintf("fsm/check_test.go:%d", line) }
	require.ErrorContains(t, err, "FSM004 error at "+at(line+1)+": transition 1 (idle --order--> size) at "+at(line+1)+" and transition 2 ")
	require.ErrorContains(t, err, "FSM009 error at "+at(line+4)+": ")
}

func TestAllow(t *testing.T) {
	pits := []fsm.Decl{tr("a", "idle", "one"), tr("b", "idle", "two")}
	for _, row := range []struct {
		name, why string
		allow     []fsm.Decl
		want      []string
	}{
		{"nothing", "both are dead ends", nil, []string{"FSM011 one", "FSM011 two"}},
		{"one state", "the other stays", []fsm.Decl{fsm.Allow("FSM011", "one", "handed over")}, []string{"FSM011 two"}},
		{"any state", "the code as a whole", []fsm.Decl{fsm.Allow("FSM011", fsm.Any, "all are handed over")}, nil},
		{"another code", "it suppresses nothing", []fsm.Decl{fsm.Allow("FSM010", "one", "x")}, []string{"FSM011 one", "FSM011 two", "FSM022 one"}},
		{"one twice", "both are used", []fsm.Decl{fsm.Allow("FSM011", "one", "x"), fsm.Allow("FSM011", fsm.Any, "x")}, nil},
		{"a code of another package", "this one cannot tell whether it is used", []fsm.Decl{fsm.Allow("FSM011", fsm.Any, "x"), fsm.Allow("FSM013", "one", "x")}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			m := fsm.MustNew("idle", append(pits, row.allow...)...)
			require.Equal(t, row.want, codesOf(m.Check()), row.why)
		})
	}
}

func TestCheckWith(t *testing.T) {
	m := fsm.MustNew("idle", tr("order", "idle", "size"), tr("done", "size", "idle"),
		fsm.Allow("FSM013", "idle", "buttons only"), fsm.Allow("FSM016", "size", "long gone"))
	found := []fsm.Finding{
		{Code: "FSM014", Severity: fsm.SeverityWarning, Why: "w", Fix: "f"},
		{Code: "FSM013", Severity: fsm.SeverityWarning, State: "size", Why: "w", Fix: "f"},
		{Code: "FSM013", Severity: fsm.SeverityWarning, State: "idle", Why: "w", Fix: "f"},
		{Code: "FSM013", Severity: fsm.SeverityError, State: "idle", Why: "w", Fix: "f"},
	}
	got := m.CheckWith(found, "FSM013", "FSM014", "FSM016")
	require.Equal(t, []string{"FSM013 idle", "FSM013 size", "FSM014 ", "FSM022 size"}, codesOf(got), "errors are not suppressed")
	require.Equal(t, "idle --order--> size", got[1].Path)
	require.Equal(t, []string{"FSM022 idle", "FSM022 size"}, codesOf(m.CheckWith(nil, "FSM013", "FSM016")), "what was looked for and not found")
	require.Empty(t, m.CheckWith(nil, "FSM014"))
}

func codesOf(fs []fsm.Finding) (out []string) {
	for _, f := range fs {
		out = append(out, f.Code+" "+string(f.State))
	}
	return out
}

// Machines that must not be found fault with.
func TestNoFalseAlarm(t *testing.T) {
	for _, row := range []struct {
		name, why string
		initial   fsm.State
		decls     []fsm.Decl
	}{
		{"numbered states", "one digit apart is a numbering, not a slip", "idle",
			[]fsm.Decl{tr("a", "idle", "question1"), tr("b", "idle", "question2"), tr("c", fsm.Any, "idle")}},
		{"numbers within names", "the same", "idle",
			[]fsm.Decl{tr("a", "idle", "question_1_name"), tr("b", "question_2_name", "idle"), tr("c", fsm.Any, "idle"), fsm.Allow("FSM010", "question_2_name", "a test")}},
		{"plural", "the last letter is no slip either", "idle",
			[]fsm.Decl{tr("a", "idle", "item"), tr("b", "item", "items"), tr("c", fsm.Any, "idle")}},
		{"guard with a default", "two ways to one state, the open one last", "idle",
			[]fsm.Decl{guarded("a", "idle", "size"), tr("b", "idle", "size"), tr("c", "size", "idle")}},
		{"two guards, one name", "alternatives of one transition", "idle",
			[]fsm.Decl{guarded("a", "idle", "size"), guarded("a", "idle", "size"), tr("a2", "idle", "size"), tr("c", "size", "idle")}},
		{"entered by old rooms only", "nothing leads to it but the name they hold", "idle",
			[]fsm.Decl{tr("a", "idle", "idle"), tr("b", "thanks", "idle"), fsm.Retired("survey", "thanks"), fsm.Allow("FSM011", "idle", "x")}},
		{"initial state by Any only", "Any covers it", "idle",
			[]fsm.Decl{tr("a", fsm.Any, "menu"), tr("b", "menu", "done"), fsm.End("done")}},
		{"state called state", "without callbacks looplab has nothing to misread", "state",
			[]fsm.Decl{tr("event", "state", "enter_name"), tr("before_x", "enter_name", "state")}},
		{"suppression of another package", "its codes are its own", "idle",
			[]fsm.Decl{tr("a", "idle", "b"), tr("b", "b", "idle"), fsm.Allow("X1", "b", "its own list of codes")}},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.Empty(t, findings(t, row.initial, row.decls, false), row.why)
		})
	}
}

func TestPath(t *testing.T) {
	m := fsm.MustNew("idle",
		tr("order", "idle", "size"), tr("sized", "size", "confirm"), tr("pay", "confirm", "paid"),
		tr("gift", "size", "paid"), tr("cancel", fsm.Any, "idle"), fsm.End("paid"))
	require.Equal(t, "idle --order--> size --gift--> paid", m.Path("idle", "paid").String())
	require.Equal(t, "size --gift--> paid", m.Path("size", "paid").String())
	require.Equal(t, "idle --cancel--> idle", m.Path("idle", "idle").String(), "at least one move")
	require.Equal(t, "confirm --cancel--> idle --order--> size --sized--> confirm", m.Path("confirm", "confirm").String())
	require.Equal(t, "milk --cancel--> idle --order--> size", m.Path("milk", "size").String(), "from an undeclared state")
	require.Nil(t, m.Path("idle", "paid", "size"), "no way round it")
	require.Nil(t, m.Path("idle", "nowhere"))
	require.Empty(t, fsm.Path(nil).String())
}

// What is said about reaching states agrees, on random machines, with what Path
// finds.
func TestWarningsAgreeWithPaths(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	seen := map[string]int{}
	for range 2000 {
		ends := fsm.End(fsm.State(fmt.Sprint("s", rnd.IntN(3))))
		m, err := fsm.New("s0", append(randomDecls(rnd, 2+rnd.IntN(6)), ends)...)
		if err != nil {
			continue
		}
		var want []string
		done := map[fsm.State]bool{}
		for _, s := range m.States() {
			switch after := reachable(m, s); {
			case len(after) == 0 || len(after) == 1 && after[0] == s:
				if !slices.Contains(m.Ends(), s) {
					want = append(want, "FSM011 "+string(s))
				}
			case !done[s] && trapped(m, s, after):
				want = append(want, "FSM012 "+string(s))
				for _, other := range after {
					done[other] = true
				}
			}
			if s != m.Initial() && m.Path(m.Initial(), s) == nil {
				want = append(want, "FSM010 "+string(s))
			}
		}
		for _, w := range want {
			seen[w[:6]]++
		}
		require.ElementsMatch(t, want, codesOf(m.Check()), m.Mermaid())
	}
	for _, code := range []string{"FSM010", "FSM011", "FSM012"} {
		require.Greater(t, seen[code], 10, code)
	}
}

func reachable(m *fsm.Machine, from fsm.State) (out []fsm.State) {
	for _, s := range m.States() {
		if m.Path(from, s) != nil {
			out = append(out, s)
		}
	}
	return out
}

// trapped reports whether every conversation that leaves s comes back to it and
// never to an end or the start.
func trapped(m *fsm.Machine, s fsm.State, after []fsm.State) bool {
	for _, other := range after {
		if other == m.Initial() || slices.Contains(m.Ends(), other) || m.Path(other, s) == nil {
			return false
		}
	}
	return true
}
