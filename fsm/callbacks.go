package fsm

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	looplab "github.com/looplab/fsm"
)

// Callbacks declares looplab callbacks, by the keys that looplab knows:
// before_NAME and after_NAME of a transition, leave_STATE and enter_STATE,
// before_event, leave_state, enter_state and after_event for all, and NAME
// (after) or STATE (enter) alone.
//
// They run when [Machine.Move] takes a transition, after its guard and before
// the answer is sent, in looplab's order. Event.Args holds what Move was given
// as event, and the context is Move's. Cancel or Event.Err in any of them makes
// Move fail with a [*RefusedError], and so do Async, which nobody would finish,
// and moving Event.FSM: that is a machine to look at, in the state that the
// room is in at that point, and only the handler's reply moves a room. In a
// room whose state is not declared, Event.Src is "*".
//
// Callbacks are called by many goroutines at once. They must not keep the Event
// or its FSM, nor use the FSM's metadata: both are lent to another room next.
func Callbacks(callbacks looplab.Callbacks) Decl {
	at := caller()
	return declFunc(func(d *definition) {
		d.callbacks = append(d.callbacks, callbackSet{callbacks, at})
	})
}

type callbackSet struct {
	callbacks looplab.Callbacks
	at        string
}

// place is where in a transition a callback runs and, unless it runs for all,
// the transition or state it belongs to.
type place struct{ phase, name string }

// hook is a callback that was declared.
type hook struct {
	place
	key string
	run looplab.Callback
}

// checkCallbacks finds callbacks that looplab would drop or run elsewhere, and
// returns the others.
func (d *definition) checkCallbacks() []hook {
	events := map[string]bool{}
	for _, t := range d.transitions {
		events[t.Name] = true
	}
	var hooks []hook
	taken := map[place]string{}
	for _, set := range d.callbacks {
		for _, key := range slices.Sorted(maps.Keys(set.callbacks)) {
			p, why := d.placeOf(key, events)
			other, twice := taken[p]
			f := Finding{Code: "FSM019", Transition: key, At: set.at, Fix: "use the long form of one, or another name"}
			switch {
			case set.callbacks[key] == nil:
				f.Code, f.Why, f.Fix = "FSM018", fmt.Sprintf("callback %q is nil", key), "remove it"
			case why != "":
				f.Why = fmt.Sprintf("callback %q %s", key, why)
			case p == place{}:
				f.Code, f.Why = "FSM018", fmt.Sprintf("callback %q belongs to no transition and no state", key)
				f.Fix = "spell it before_, after_ and a transition, or leave_, enter_ and a state"
			case twice:
				f.Why = fmt.Sprintf("callbacks %q and %q run at the same place", other, key)
			default:
				taken[p] = key
				hooks = append(hooks, hook{p, key, set.callbacks[key]})
				continue
			}
			d.fault(f)
		}
	}
	return hooks
}

// placeOf reads a callback's key as looplab does. why says what makes the
// reading doubtful.
func (d *definition) placeOf(key string, events map[string]bool) (p place, why string) {
	phase, name, long := strings.Cut(key, "_")
	byEvent := phase == "before" || phase == "after"
	if !long || !byEvent && phase != "leave" && phase != "enter" {
		return d.shortPlace(key, events)
	}
	if events[key] || d.known[State(key)] {
		return p, "is read as " + phase + "_, and there is a state or transition of that very name"
	}
	general, known := "state", d.known[State(name)]
	if byEvent {
		general, known = "event", events[name]
	}
	switch {
	case name == general && known:
		return p, fmt.Sprintf("runs for all, and there is one named %q", name)
	case name == general:
		return place{phase: phase}, ""
	case known:
		return place{phase, name}, ""
	}
	return p, ""
}

func (d *definition) shortPlace(key string, events map[string]bool) (p place, why string) {
	switch isState := d.known[State(key)]; {
	case isState && events[key]:
		return p, "names both a state and a transition"
	case isState:
		return place{"enter", key}, ""
	case events[key]:
		return place{"after", key}, ""
	}
	return p, ""
}
