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

// Renamed declares that old is the name a state had in an earlier release:
// rooms that still hold it are in the new one.
func Renamed(old, new State) Decl { return aliasDecl("Renamed", old, new, caller()) }

// Retired declares that a state of an earlier release is gone: rooms that still
// hold it are in the state into.
func Retired(old, into State) Decl { return aliasDecl("Retired", old, into, caller()) }

func aliasDecl(kind string, old, now State, at string) Decl {
	return declFunc(func(d *definition) {
		d.aliases = append(d.aliases, alias{kind: kind, old: old, now: now, at: at})
	})
}

// Allow suppresses a warning in a state, or in [Any] state, for a written
// reason. A suppression that nothing needs any more is itself a finding.
func Allow(code string, s State, reason string) Decl {
	at := caller()
	return declFunc(func(d *definition) {
		d.allowed = append(d.allowed, allowance{code: code, state: s, reason: reason, at: at})
	})
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

// Callbacks declares looplab callbacks, by the keys that looplab knows:
// before_NAME and after_NAME of a transition, leave_STATE and enter_STATE,
// before_event, leave_state, enter_state and after_event for all, and NAME or
// STATE alone. See [Machine.Move] for when they run.
func Callbacks(callbacks looplab.Callbacks) Decl {
	at := caller()
	return declFunc(func(d *definition) {
		d.callbacks = append(d.callbacks, callbackSet{callbacks, at})
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

// alias is a name of an earlier release.
type alias struct {
	kind     string // Renamed or Retired
	old, now State
	at       string
}

type callbackSet struct {
	callbacks looplab.Callbacks
	at        string
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
