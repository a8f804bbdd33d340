package fsm_test

import (
	"errors"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
	looplab "github.com/looplab/fsm"
	"github.com/stretchr/testify/require"
)

// Whatever is declared, New returns a machine whose checks and drawings work,
// or findings that each say what and where; and the same every time.
func FuzzNew(f *testing.F) {
	f.Add([]byte("\x00\x01\x02\x03\x01\x02\x03\x04"))
	f.Add([]byte("\x05\x01\x02\x03\x06\x02\x01\x00\x07\x03\x02\x01\x04\x01\x01\x01"))
	f.Add([]byte("\x01\x0a\x02\x0b\x00\x04\x01\x02\x08\x01\x01\x01\x09\x02\x02\x02\x0a\x03\x03\x03"))
	f.Fuzz(func(t *testing.T, program []byte) {
		decls := declsOf(program)
		build := func() (*fsm.Machine, error) { return fsm.New("idle", decls...) }
		m, err := build()
		again, err2 := build()
		require.Equal(t, err == nil, err2 == nil)
		if err != nil {
			require.Equal(t, err.Error(), err2.Error())
			var e *fsm.Error
			require.True(t, errors.As(err, &e) && len(e.Findings) > 0)
			for _, f := range e.Findings {
				require.NotEmpty(t, f.Why)
				require.NotEmpty(t, f.At)
			}
			return
		}
		require.Equal(t, m.Check(), again.Check())
		require.Equal(t, m.Mermaid(), again.Mermaid())
		for _, s := range m.States() {
			for _, tr := range m.From(s) {
				require.True(t, m.Can(s, tr.To))
				got, err := m.Move(t.Context(), s, tr.To, nil)
				require.True(t, err != nil || got.To == tr.To)
			}
		}
	})
}

// declsOf reads four bytes a declaration: what it is, and three names.
func declsOf(program []byte) []fsm.Decl {
	names := []string{"idle", "size", "Size", "sise", "confirm", "*", "", "state", "event", "before_x", "a\nb", "FSM011", "enter_size"}
	var decls []fsm.Decl
	for ; len(program) >= 4 && len(decls) < 64; program = program[4:] {
		name := func(i int) string { return names[int(program[i])%len(names)] }
		a, b := fsm.State(name(2)), fsm.State(name(3))
		switch program[0] % 12 {
		default:
			decls = append(decls, tr(name(1), a, b))
		case 5:
			decls = append(decls, guarded(name(1), a, b))
		case 6:
			decls = append(decls, fsm.End(a, b))
		case 7:
			decls = append(decls, fsm.Renamed(a, b))
		case 8:
			decls = append(decls, fsm.Allow(name(1), a, name(3)))
		case 9:
			decls = append(decls, fsm.Callbacks(looplab.Callbacks{name(1): nothing}))
		case 10:
			decls = append(decls, fsm.States(a, b, fsm.State(name(1))))
		case 11:
			decls = append(decls, fsm.Events(looplab.Events{{Name: name(1), Src: []string{name(2)}, Dst: name(3)}}), nil)
		}
	}
	return decls
}
