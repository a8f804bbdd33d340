package fsmtest

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
)

// Drawer is what [Diagram] draws: an [*fsm.Machine], or an [fsm.Diagram] with
// notes and colours.
type Drawer interface{ Mermaid() string }

var (
	_ Drawer = (*fsm.Machine)(nil)
	_ Drawer = fsm.Diagram{}
)

// Diagram keeps the drawing of a machine in a Markdown file in step with the
// machine. The file says where it belongs:
//
//	<!-- fsm:NAME -->
//	<!-- /fsm:NAME -->
//
// What is between the two lines must be the drawing, in a fence of mermaid;
//
//	go test -update
//
// writes it there.
func Diagram(t testing.TB, d Drawer, file, name string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
		return
	}
	first, last := fmt.Sprintf("<!-- fsm:%s -->", name), fmt.Sprintf("<!-- /fsm:%s -->", name)
	unix := strings.ReplaceAll(string(text), "\r\n", "\n")
	before, rest, found := strings.Cut(unix, first+"\n")
	is, after, closed := strings.Cut(rest, last)
	if !found || !closed {
		t.Fatalf("%s has no lines %s and %s to put the diagram between", file, first, last)
		return
	}
	want := "```mermaid\n" + d.Mermaid() + "```\n"
	switch {
	case is == want:
	case !updating():
		t.Errorf("the diagram %q in %s is not the machine's; go test -update rewrites it\n%s", name, file, difference(is, want))
	default:
		if err := os.WriteFile(file, []byte(before+first+"\n"+want+last+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// difference lists the lines that only one of the two has.
func difference(is, want string) string {
	var out []string
	for _, side := range []struct{ mark, mine, other string }{{"-", is, want}, {"+", want, is}} {
		for _, line := range strings.Split(strings.TrimSuffix(side.mine, "\n"), "\n") {
			if !strings.Contains("\n"+side.other, "\n"+line+"\n") {
				out = append(out, side.mark+line)
			}
		}
	}
	if len(out) == 0 {
		return "the lines are the same, in another order"
	}
	return strings.Join(out, "\n")
}
