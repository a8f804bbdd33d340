package fsmtest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
)

// States compares the machine with the file of all states that rooms may hold,
// one a line. A state that is gone from the machine fails (FSM020) until it is
// fsm.Renamed or fsm.Retired, since the chat server keeps the names of rooms
// while releases come and go. A state that the file lacks fails too;
//
//	go test -update
//
// adds it. Updating never removes a line: take a name out by hand once no room
// can hold it any more.
func States(t testing.TB, m *fsm.Machine, file string) {
	t.Helper()
	held, err := readLines(file)
	if errors.Is(err, fs.ErrNotExist) && updating() {
		err = os.MkdirAll(filepath.Dir(file), 0o755)
	}
	if err != nil {
		t.Fatalf("%v; go test -update writes the file", err)
		return
	}
	for _, s := range held {
		if _, declared := m.Resolve(s); !declared {
			t.Errorf("%s", gone(s, file))
		}
	}
	var added []string
	for _, s := range m.States() {
		if !slices.Contains(held, string(s)) {
			added = append(added, string(s))
		}
	}
	switch {
	case len(added) == 0:
	case !updating():
		t.Errorf("%s lacks the states %q; go test -update adds them", file, added)
	default:
		text := strings.Join(append(held, added...), "\n") + "\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func gone(state, file string) fsm.Finding {
	return fsm.Finding{Code: "FSM020", Severity: fsm.SeverityError, State: fsm.State(state), At: file,
		Why: "rooms may still hold state \"" + state + "\", which is gone",
		Fix: "declare it with fsm.Renamed or fsm.Retired"}
}

func readLines(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"),
		func(line string) bool { return line == "" }), nil
}
