package fsmtest

import (
	"testing"

	"github.com/funtekco/webhookbot/fsm"
)

// Never fails the test when a conversation can come through the given states in
// this order, whatever lies between. With one state: when it can come there at
// all. Guards count as open, so that a pass is proven and a failure may be what
// guards prevent.
func Never(t testing.TB, m *fsm.Machine, states ...fsm.State) {
	t.Helper()
	var way fsm.Path
	at := m.Initial()
	for i, s := range states {
		if i == 0 && s == at {
			continue // every conversation begins there
		}
		next := m.Path(at, s)
		if next == nil {
			return
		}
		way, at = append(way, next...), s
	}
	if len(states) > 0 {
		t.Errorf("a conversation comes through %q: %s", states, conversation(m, way))
	}
}

// Before fails the test when a conversation can come to the state then without
// having been in the state first. Guards count as open.
func Before(t testing.TB, m *fsm.Machine, first, then fsm.State) {
	t.Helper()
	if m.Initial() == first {
		return
	}
	if way := m.Path(m.Initial(), then, first); way != nil || then == m.Initial() {
		t.Errorf("a conversation comes to %q without %q: %s", then, first, conversation(m, way))
	}
}

func conversation(m *fsm.Machine, way fsm.Path) string {
	if way == nil {
		return "it begins there, in " + string(m.Initial())
	}
	return way.String()
}
