package fsmtest

import (
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
)

// Checker is what [RequireSound] checks: an [*fsm.Machine], or a bot, whose
// Check finds faults of its routes as well.
type Checker interface{ Check() []fsm.Finding }

// RequireSound fails the test when the checks find anything: warnings count,
// unless fsm.Allow suppresses them with a reason.
func RequireSound(t testing.TB, c Checker) {
	t.Helper()
	found := c.Check()
	if len(found) == 0 {
		return
	}
	lines := make([]string, len(found))
	for i, f := range found {
		lines[i] = f.String()
	}
	t.Fatalf("mend these, or suppress them with fsm.Allow and a reason:\n%s", strings.Join(lines, "\n"))
}
