package fsm_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func enough(context.Context, fsm.Move) error { return nil }

// shop shows everything a drawing can have.
func shop() fsm.Diagram {
	m := fsm.MustNew(Idle,
		tr("order", Idle, Size), tr("sized", Size, Confirm), tr("change", Confirm, Size), tr("again", Size, Size),
		fsm.Transition{Name: "pay", From: Confirm, To: "paid", Guard: enough}, tr("gift", Confirm, "paid"),
		fsm.Transition{Name: "refund", From: "paid", To: Idle, Guard: func(context.Context, fsm.Move) error { return nil }},
		fsm.End("paid"), tr("cancel", fsm.Any, Idle))
	return fsm.Diagram{
		Machine: m,
		Notes:   map[fsm.State]string{Size: "Small or\nlarge?", Confirm: strings.Repeat("Are you sure? ", 10)},
		Current: Size,
		StateColor: func(s fsm.State) fsm.Color {
			return map[fsm.State]fsm.Color{"paid": fsm.Red, Confirm: fsm.Green, Size: fsm.Green}[s]
		},
		TransitionColor: func(t fsm.Transition) fsm.Color {
			return map[string]fsm.Color{"order": fsm.Green, "gift": fsm.Green, "pay": fsm.Red}[t.Name]
		},
	}
}

func TestDiagramGolden(t *testing.T) {
	golden(t, "order.mmd", flow.Mermaid())
	golden(t, "order.dot", flow.Graphviz())
	golden(t, "shop.mmd", shop().Mermaid())
	golden(t, "shop.dot", shop().Graphviz())
}

func TestGraphvizOfOddNames(t *testing.T) {
	text := ring([]fsm.State{`a "b" \n &amp; <c>`, "x"}).Graphviz()
	require.Contains(t, text, `[label="a \"b\" \\n &amp;amp; <c>"];`)
}

func TestDiagramOfNothing(t *testing.T) {
	require.Equal(t, "stateDiagram-v2\n    direction LR\n", fsm.Diagram{}.Mermaid())
	require.Contains(t, fsm.Diagram{}.Graphviz(), "digraph machine {")
	var m *fsm.Machine
	require.NotEmpty(t, m.Mermaid())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "go test ./fsm -update rewrites it")
}

// oddNames are names that break a diagram when they are written as they are.
var oddNames = []fsm.State{
	"state", "end", "default", "note", "class", "direction", "[*]", "root_start", "any_state", "as", "fork", "choice",
	"ask size", "ask-size", "ask_size", "order:pay", "a;b", "#35;", "100%%", "<b>bold</b>", `"quoted"`, "`code`",
	"{json}", "--> x", "a --> b: c", "end note", "中文", "日本語", "кофе", "😀", "a\\b", "\\n", "constructor", "__proto__",
	"&amp;", "s_x", "S_X", ":::red", "<<fork>>", "~tilde~", "*bold*", "$$math$$", "it's", "a,b", "(paren)", "style", "click",
	fsm.State(strings.Repeat("long ", 24) + "name"),
}

// ring is a machine that goes through the states in turn, each transition with
// the name of the state it leads to.
func ring(states []fsm.State) *fsm.Machine {
	var decls []fsm.Decl
	for i, s := range states {
		next := states[(i+1)%len(states)]
		decls = append(decls, tr(string(next), s, next))
	}
	return fsm.MustNew(states[0], append(decls, fsm.End(states[len(states)-1]))...)
}

func TestMermaidOfOddNames(t *testing.T) {
	notes := map[fsm.State]string{}
	for _, s := range oddNames {
		notes[s] = string(s)
	}
	d := fsm.Diagram{Machine: ring(oddNames), Notes: notes}
	requireDrawn(t, d, readMermaid(t, d.Mermaid()))
}

// drawn is what a reader of a Mermaid text sees: ids with their labels and
// notes, and arrows as ids and label.
type drawn struct {
	States map[string]string `json:"states"`
	Notes  map[string]string `json:"notes"`
	Arrows [][3]string       `json:"arrows"`
	Error  string            `json:"error"`
}

// The part of Mermaid's grammar that is written. Labels hold nothing that means
// something to Mermaid but the entities.
const (
	id   = `([a-zA-Z][a-zA-Z0-9_]*)`
	text = `((?:[^#:;"<>&%{}` + "`" + `\\*_~\n]|#\d+;)+)`
)

var grammar = map[string]*regexp.Regexp{
	"header":    regexp.MustCompile(`^(?:stateDiagram-v2|    direction LR)$`),
	"state":     regexp.MustCompile(`^    state "` + text + `" as ` + id + `$`),
	"start":     regexp.MustCompile(`^    (\[\*\]) --> ` + id + `()$`),
	"end":       regexp.MustCompile(`^    ` + id + ` --> (\[\*\])()$`),
	"arrow":     regexp.MustCompile(`^    ` + id + ` --> ` + id + `(?:: ` + text + `)?$`),
	"note":      regexp.MustCompile(`^    note right of ` + id + `: ` + text + `$`),
	"class def": regexp.MustCompile(`^    classDef [a-z]+ [a-z0-9#:,-]+$`),
	"class":     regexp.MustCompile(`^    class [a-zA-Z0-9_,]+ [a-z]+$`),
}

// readMermaid reads a text back by the grammar.
func readMermaid(t *testing.T, s string) drawn {
	d := drawn{States: map[string]string{}, Notes: map[string]string{}}
	for _, line := range strings.Split(strings.TrimSuffix(s, "\n"), "\n") {
		kind, m := "", []string(nil)
		for k, re := range grammar {
			if found := re.FindStringSubmatch(line); found != nil {
				kind, m = k, found
			}
		}
		switch kind {
		case "":
			t.Fatalf("not in the grammar: %q", line)
		case "state":
			require.NotContains(t, d.States, m[2], "two states with one id")
			d.States[m[2]] = entities(m[1])
		case "note":
			d.Notes[m[1]] = entities(m[2])
		case "start", "end", "arrow":
			d.Arrows = append(d.Arrows, [3]string{
				strings.Replace(m[1], "[*]", "root_start", 1), strings.Replace(m[2], "[*]", "root_end", 1), entities(m[3])})
		}
	}
	return d
}

var entity = regexp.MustCompile(`#(\d+);`)

func entities(s string) string {
	return entity.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.Atoi(e[1 : len(e)-1])
		return string(rune(n))
	})
}

// requireDrawn compares what a reader saw with the machine, so that no state
// and no transition is lost on the way.
func requireDrawn(t *testing.T, d fsm.Diagram, got drawn) {
	t.Helper()
	require.Empty(t, got.Error)
	var want, have []string
	for _, s := range d.Machine.States() {
		want = append(want, "state "+string(s))
		if note := d.Notes[s]; note != "" {
			want = append(want, fmt.Sprintf("note %s: %.20s", s, note))
		}
	}
	want = append(want, fmt.Sprintf("start %s", d.Machine.Initial()))
	for _, s := range d.Machine.Ends() {
		want = append(want, "end "+string(s))
	}
	arrows := map[string][]string{}
	for _, tr := range d.Machine.Transitions() {
		from := string(tr.From)
		if tr.From == fsm.Any {
			from = "any state"
		}
		key := fmt.Sprintf("%s to %s", from, tr.To)
		arrows[key] = append(arrows[key], tr.Name)
	}
	for key, names := range arrows {
		want = append(want, key+": "+strings.Join(names, ", "))
	}
	for id, label := range got.States {
		switch {
		case id == "any_state" || id == "root_start" || id == "root_end":
			continue
		case got.Notes[id] != "":
			have = append(have, fmt.Sprintf("note %s: %.20s", label, got.Notes[id]))
		}
		have = append(have, "state "+label)
	}
	for _, a := range got.Arrows {
		switch {
		case a[0] == "root_start":
			have = append(have, "start "+got.States[a[1]])
		case a[1] == "root_end":
			have = append(have, "end "+got.States[a[0]])
		default:
			have = append(have, fmt.Sprintf("%s to %s: %s", got.States[a[0]], got.States[a[1]], a[2]))
		}
	}
	require.ElementsMatch(t, want, have)
}

// Mermaid refuses texts of more than 50 000 characters.
func TestMermaidStaysReadable(t *testing.T) {
	long := func(n int, format string) fsm.Diagram {
		states := make([]fsm.State, n)
		notes := map[fsm.State]string{}
		for i := range states {
			states[i] = fsm.State(fmt.Sprintf(format, i/50, i))
			notes[states[i]] = strings.Repeat("please answer ", 9)
		}
		return fsm.Diagram{Machine: ring(states), Notes: notes}
	}
	for _, row := range []struct {
		name, why string
		d         fsm.Diagram
		states    int
		notes     bool
	}{
		{"12", "all of it, from left to right", long(12, "topic%d_question%d"), 12, true},
		{"150", "all of it", long(150, "topic%d_question%d"), 150, true},
		{"300", "without the notes", long(300, "topic%d_question%d"), 300, false},
		{"300 in a mesh", "four transitions a state", fsm.Diagram{Machine: fsm.MustNew("state_0", mesh(300)...)}, 300, false},
		{"3000 in groups", "one box for each topic", long(3000, "topic%d_question%d"), 60, false},
		{"3000 without groups", "nothing that could be read", long(3000, "topic%dquestion%d"), 1, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			text := row.d.Mermaid()
			require.Less(t, len(text), 50_000)
			got := readMermaid(t, text)
			boxes := len(got.States)
			if _, any := got.States["any_state"]; any {
				boxes--
			}
			require.Equal(t, row.states, boxes, row.why)
			require.Equal(t, row.notes, len(got.Notes) > 0, row.why)
			if row.states == len(row.d.Machine.States()) {
				if !row.notes {
					row.d.Notes = nil
				}
				requireDrawn(t, row.d, got)
			}
		})
	}
}

// Whatever a state is called, the text stays within the grammar and says the
// same as the machine.
func FuzzMermaid(f *testing.F) {
	for i, s := range oddNames {
		f.Add(string(s), string(oddNames[(i+7)%len(oddNames)]), "note")
	}
	f.Fuzz(func(t *testing.T, a, b, note string) {
		m, err := fsm.New(fsm.State(a), tr(b, fsm.State(a), fsm.State(b)), tr(a, fsm.State(b), fsm.State(a)), tr("x", fsm.Any, fsm.State(b)))
		if err != nil {
			return
		}
		d := fsm.Diagram{Machine: m, Notes: map[fsm.State]string{fsm.State(a): note}, Current: fsm.State(b)}
		got := readMermaid(t, d.Mermaid())
		d.Notes, got.Notes = nil, nil
		requireDrawn(t, d, got)
		require.True(t, strings.HasSuffix(d.Graphviz(), "}\n"))
	})
}

func ExampleMachine_Mermaid() {
	fmt.Print(flow.Mermaid())
	// Output:
	// stateDiagram-v2
	//     direction LR
	//     state "idle" as s_idle
	//     state "size" as s_size
	//     state "confirm" as s_confirm
	//     state "any state" as any_state
	//     [*] --> s_idle
	//     s_idle --> s_size: order
	//     s_size --> s_confirm: sized
	//     s_confirm --> s_idle: done
	//     any_state --> s_idle: cancel
	//     classDef any stroke-dasharray:4
	//     class any_state any
}
