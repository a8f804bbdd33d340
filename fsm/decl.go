package fsm

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	looplab "github.com/looplab/fsm"
)

// Decl is one declaration of a machine: a [Transition] literal or what
// [States], [End], [Renamed], [Retired], [Allow], [Events] and [Callbacks]
// return. No other package implements it.
type Decl interface{ declare(d *definition) }

// declFunc is a declaration that is made by a function.
type declFunc func(d *definition)

func (f declFunc) declare(d *definition) { f(d) }

func (t Transition) declare(d *definition) {
	if t.at == "" {
		t.at = d.at
	}
	d.transitions = append(d.transitions, t)
}

// States closes the list of states: a transition that names any other state is
// a fault of the machine. Without it every state that a transition names is
// declared by that, and a misspelt one can only be guessed at.
func States(states ...State) Decl {
	at := caller()
	return declFunc(func(d *definition) {
		d.closed = true
		d.listed = append(d.listed, mentions("States", states, at)...)
	})
}

// End marks states in which a conversation may rest for good. A state that
// nothing leaves and that is no end is a finding of the checks.
func End(states ...State) Decl {
	at := caller()
	return declFunc(func(d *definition) { d.ends = append(d.ends, mentions("End", states, at)...) })
}

// Events declares the transitions of an existing looplab machine.
func Events(events looplab.Events) Decl {
	at := caller()
	return declFunc(func(d *definition) {
		for _, e := range events {
			for _, src := range e.Src {
				d.transitions = append(d.transitions, Transition{Name: e.Name, From: State(src), To: State(e.Dst), at: at})
			}
		}
	})
}

// definition is what the declarations say, before anything is checked.
type definition struct {
	initial     State
	at          string // where New was called
	closed      bool   // States was used
	listed      []mention
	transitions []Transition
	ends        []mention
	aliases     []alias
	allowed     []allowance
	callbacks   []callbackSet

	states  []State
	known   map[State]bool
	renamed map[State]State // names of earlier releases, and what they are today
	faults  []Finding
}

// mention is a state named by a declaration.
type mention struct {
	state State
	at    string
	what  string // the function that made the declaration
}

func mentions(what string, states []State, at string) []mention {
	out := make([]mention, len(states))
	for i, s := range states {
		out[i] = mention{s, at, what}
	}
	return out
}

func (d *definition) fault(f Finding) {
	f.Severity = SeverityError
	d.faults = append(d.faults, f)
}

// caller returns file:line of the first caller outside this package, the file
// with its folder only.
func caller() string {
	var pcs [8]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "github.com/funtekco/webhookbot/fsm.") || !more {
			dir, file := filepath.Split(f.File)
			return fmt.Sprintf("%s:%d", filepath.Join(filepath.Base(dir), file), f.Line)
		}
	}
}
