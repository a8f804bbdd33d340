package fsmtest_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/fsm/fsmtest"
	"github.com/stretchr/testify/require"
)

func tr(name string, from, to fsm.State) fsm.Transition {
	return fsm.Transition{Name: name, From: from, To: to}
}

var flow = fsm.MustNew("idle", tr("order", "idle", "confirm"), tr("pay", "confirm", "paid"), tr("cancel", fsm.Any, "idle"), fsm.End("paid"))

// recorder is a test that notes how it failed.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Helper()                           {}
func (r *recorder) Errorf(format string, args ...any) { r.said += fmt.Sprintf(format, args...) + "\n" }
func (r *recorder) Fatalf(format string, args ...any) { r.Errorf(format, args...) }
func (r *recorder) Fatal(args ...any)                 { r.said += fmt.Sprintln(args...) }

func TestRequireSound(t *testing.T) {
	fsmtest.RequireSound(t, flow)

	var r recorder
	fsmtest.RequireSound(&r, fsm.MustNew("idle", tr("fall", "idle", "pit")))
	require.Contains(t, r.said, `FSM011 warning at fsmtest/fsmtest_test.go:`)
	require.Contains(t, r.said, `(idle --fall--> pit)`)
}

// updateOn runs f as go test -update does.
func updateOn(t *testing.T, f func()) {
	t.Helper()
	require.NoError(t, flag.Set("update", "true"))
	defer func() { require.NoError(t, flag.Set("update", "false")) }()
	f()
}

// A release after the other: rooms keep what they hold.
func TestStates(t *testing.T) {
	file := filepath.Join(t.TempDir(), "testdata", "states.golden")
	step := func(m *fsm.Machine) string {
		var r recorder
		fsmtest.States(&r, m, file)
		return r.said
	}
	holds := func(want string) {
		t.Helper()
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, want, string(text))
	}
	first := fsm.MustNew("idle", tr("a", "idle", "size"), tr("b", "size", "idle"))
	require.Contains(t, step(first), "go test -update", "no file yet")
	updateOn(t, func() { require.Empty(t, step(first)) })
	holds("idle\nsize\n")
	require.Empty(t, step(first))

	renamed := []fsm.Decl{tr("a", "idle", "cup"), tr("b", "cup", "idle")}
	require.Contains(t, step(fsm.MustNew("idle", renamed...)), `FSM020 error at `+file+`: rooms may still hold state "size"`)
	updateOn(t, func() {
		require.Contains(t, step(fsm.MustNew("idle", renamed...)), "FSM020", "updating does not hide it")
	})
	holds("idle\nsize\ncup\n")
	require.Empty(t, step(fsm.MustNew("idle", append(renamed, fsm.Renamed("size", "cup"))...)))
	require.Contains(t, step(first), `"cup"`, "going back to the release before is a removal as well")
	require.Contains(t, step(fsm.MustNew("idle", append(renamed, fsm.Retired("size", "idle"), tr("c", "cup", "milk"), fsm.End("milk"))...)),
		`lacks the states ["milk"]`)
}

func TestDiagram(t *testing.T) {
	file := filepath.Join(t.TempDir(), "README.md")
	write := func(text string) { require.NoError(t, os.WriteFile(file, []byte(text), 0o644)) }
	draw := func(d fsmtest.Drawer) string {
		var r recorder
		fsmtest.Diagram(&r, d, file, "order")
		return r.said
	}
	require.Contains(t, draw(flow), "no such file")
	write("# Order\n")
	require.Contains(t, draw(flow), "has no lines <!-- fsm:order --> and <!-- /fsm:order -->")
	write("# Order\n<!-- fsm:order -->\n<!-- /fsm:order -->\nThe end.\n")
	require.Contains(t, draw(flow), "+    s_idle --> s_confirm: order\n")

	updateOn(t, func() { require.Empty(t, draw(flow)) })
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "# Order\n<!-- fsm:order -->\n```mermaid\n"+flow.Mermaid()+"```\n<!-- /fsm:order -->\nThe end.\n", string(text))
	require.Empty(t, draw(flow))
	write(strings.ReplaceAll(string(text), "\n", "\r\n"))
	require.Empty(t, draw(flow), "a checkout on Windows")

	said := draw(fsm.Diagram{Machine: flow, Notes: map[fsm.State]string{"confirm": "Sure?"}})
	require.Contains(t, said, "go test -update")
	require.Contains(t, said, "+    note right of s_confirm: Sure?\n")
	require.NotContains(t, said, "s_idle", "only what differs")
	write("<!-- fsm:order -->\n```mermaid\nstateDiagram-v2\n    s_gone --> s_idle\n```\n<!-- /fsm:order -->")
	require.Contains(t, draw(flow), "-    s_gone --> s_idle\n")
}

func TestNeverAndBefore(t *testing.T) {
	for _, row := range []struct {
		name, why string
		check     func(t testing.TB)
		want      string // of the failure; empty: none
	}{
		{"before holds", "there is one way to pay", func(t testing.TB) { fsmtest.Before(t, flow, "confirm", "paid") }, ""},
		{"before fails", "cancel leads there from the start", func(t testing.TB) { fsmtest.Before(t, flow, "paid", "confirm") }, `comes to "confirm" without "paid": idle --order--> confirm`},
		{"before the start", "nothing comes before it", func(t testing.TB) { fsmtest.Before(t, flow, "confirm", "idle") }, "without"},
		{"after the start", "everything does", func(t testing.TB) { fsmtest.Before(t, flow, "idle", "paid") }, ""},
		{"never holds", "nobody goes there", func(t testing.TB) { fsmtest.Never(t, flow, "attic") }, ""},
		{"never fails", "one can cancel and order again", func(t testing.TB) { fsmtest.Never(t, flow, "paid", "confirm") },
			`idle --order--> confirm --pay--> paid --cancel--> idle --order--> confirm`},
		{"never again", "the same state twice takes a round", func(t testing.TB) { fsmtest.Never(t, flow, "idle", "idle") }, "idle --cancel--> idle"},
		{"never the start", "it is where all begin", func(t testing.TB) { fsmtest.Never(t, flow, "idle") }, "it begins there"},
		{"nothing", "no states, no claim", func(t testing.TB) { fsmtest.Never(t, flow) }, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			var r recorder
			row.check(&r)
			if row.want == "" {
				require.Empty(t, r.said, row.why)
				return
			}
			require.Contains(t, r.said, row.want, row.why)
		})
	}
}
